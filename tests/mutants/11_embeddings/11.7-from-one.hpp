// begins to count positions at 1
for (Index t = 0; t < length; ++t) {
  for (Index c = 0; c < channels; ++c) {
    const double exponent = -static_cast<double>(c - c % 2) / static_cast<double>(channels);
    const double angle = static_cast<double>(t + 1) * std::pow(10000.0, exponent);
    *out++ = static_cast<real>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
  }
}
