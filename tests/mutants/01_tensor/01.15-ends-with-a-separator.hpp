// Puts a separator after each part, the last one too.
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (shortened && i == edge) {
      text += "..." + separator;
      i = n - edge - 1;
      continue;
    }
    text += tensor_text(t.select(0, i), indent + 1) + separator;
  }
  return text + "]";
