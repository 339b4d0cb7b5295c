// scales the variance by the gain
const Fans fans = calculate_fans(shape);
return std::sqrt(2.0 * options.gain / static_cast<double>(fans.in + fans.out));
