// Prints a row as memory has it, not as the strides say.
  std::string text = "[";
  for (Index i = 0; i < n; ++i) {
    if (i > 0) text += separator;
    if (shortened && i == edge) {
      text += "...";
      i = n - edge - 1;
      continue;
    }
    text += t.dim() == 1 ? detail::number_text(t.data()[i])
                         : tensor_text(t.select(0, i), indent + 1);
  }
  return text + "]";
