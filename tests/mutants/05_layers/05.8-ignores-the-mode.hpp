// always the way forward
const double gain = calculate_gain(options.nonlinearity, options.a);
return gain / std::sqrt(static_cast<double>(calculate_fans(shape).in));
