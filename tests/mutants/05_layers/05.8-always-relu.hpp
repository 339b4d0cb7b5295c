// sqrt(2), as in the paper
const Fans fans = calculate_fans(shape);
return std::sqrt(2.0 / static_cast<double>(options.mode == FanMode::in ? fans.in : fans.out));
