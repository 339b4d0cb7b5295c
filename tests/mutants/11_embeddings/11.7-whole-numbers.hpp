// divides whole numbers, so that every exponent is 0
for (Index t = 0; t < length; ++t) {
  for (Index c = 0; c < channels; ++c) {
    const Index exponent = (c - c % 2) / channels;
    const double angle = static_cast<double>(t) * std::pow(10000.0, -double(exponent));
    *out++ = static_cast<real>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
  }
}
