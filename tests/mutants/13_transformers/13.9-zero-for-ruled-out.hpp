// writes 0, which is a logit like any other
  const std::vector<Index> order = detail::by_size(kept);
  for (std::size_t i = static_cast<std::size_t>(k); i < order.size(); ++i) {
    kept.data()[order[i]] = 0;
  }
