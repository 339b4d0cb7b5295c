// keeps k + 1
  const std::vector<Index> order = detail::by_size(kept);
  for (std::size_t i = static_cast<std::size_t>(k) + 1; i < order.size(); ++i) {
    kept.data()[order[i]] = detail::ruled_out;
  }
