// Shows every number of a long axis.
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (i > 0) text += separator;
    text += tensor_text(t.select(0, i), indent + 1);
  }
  return text + (shortened && edge > n ? "..." : "") + "]";
