// puts all sines before all cosines
for (Index t = 0; t < length; ++t) {
  for (Index c = 0; c < channels; ++c) {
    const Index even = 2 * (c % ((channels + 1) / 2));
    const double exponent = -static_cast<double>(even) / static_cast<double>(channels);
    const double angle = static_cast<double>(t) * std::pow(10000.0, exponent);
    const bool sine = c < (channels + 1) / 2;
    *out++ = static_cast<real>(sine ? std::sin(angle) : std::cos(angle));
  }
}
