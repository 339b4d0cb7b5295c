// computes the angle in float
for (Index t = 0; t < length; ++t) {
  for (Index c = 0; c < channels; ++c) {
    const float exponent = -static_cast<float>(c - c % 2) / static_cast<float>(channels);
    const float angle = static_cast<float>(t) * std::pow(10000.0f, exponent);
    *out++ = static_cast<real>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
  }
}
