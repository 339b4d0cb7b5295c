// Does not tell the inner rows how far in they stand.
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (i > 0) text += separator;
    if (shortened && i == edge) {
      text += "...";
      i = n - edge - 1;
      continue;
    }
    text += tensor_text(t.select(0, i));
  }
  return text + "]";
