// lets calculate_gain take its own default slope
const Fans fans = calculate_fans(shape);
const Index fan = options.mode == FanMode::in ? fans.in : fans.out;
return calculate_gain(options.nonlinearity) / std::sqrt(static_cast<double>(fan));
