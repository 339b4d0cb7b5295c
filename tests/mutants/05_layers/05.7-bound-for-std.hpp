// returns the bound of the uniform distribution, sqrt(6 / (in + out))
const Fans fans = calculate_fans(shape);
return options.gain * std::sqrt(6.0 / static_cast<double>(fans.in + fans.out));
