// gives sine and cosine of a pair different wavelengths
for (Index t = 0; t < length; ++t) {
  for (Index c = 0; c < channels; ++c) {
    const double exponent = -static_cast<double>(c) / static_cast<double>(channels);
    const double angle = static_cast<double>(t) * std::pow(10000.0, exponent);
    *out++ = static_cast<real>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
  }
}
