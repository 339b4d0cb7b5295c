// Goes on one too late after the dots: three numbers at the end instead of four.
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (i > 0) text += separator;
    if (shortened && i == edge) {
      text += "...";
      i = n - edge;
      continue;
    }
    text += tensor_text(t.select(0, i), indent + 1);
  }
  return text + "]";
