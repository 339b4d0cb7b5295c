// keeps all that are as large as the k-th
  const std::vector<Index> order = detail::by_size(kept);
  if (k < kept.numel()) {
    const real smallest = kept.data()[order[static_cast<std::size_t>(k - 1)]];
    for (Index i = 0; i < kept.numel(); ++i) {
      if (kept.data()[i] < smallest) kept.data()[i] = detail::ruled_out;
    }
  }
