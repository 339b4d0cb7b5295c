// Repeats an axis of size 1, but refuses shapes of different rank.
  const auto refuse = [&](std::size_t back) {
    throw ShapeError(std::string(who) + ": cannot broadcast " + to_string(a) + " with " +
                     to_string(b) + ": axis -" + std::to_string(back) + " differs");
  };
  if (a.size() != b.size()) refuse(1);
  Shape result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && a[i] != 1 && b[i] != 1) refuse(a.size() - i);
    result[i] = a[i] == 1 ? b[i] : a[i];
  }
  return result;
