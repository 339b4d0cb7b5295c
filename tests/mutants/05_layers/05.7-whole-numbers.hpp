// halves the sum of the fans as whole numbers
const Fans fans = calculate_fans(shape);
return options.gain / std::sqrt(static_cast<double>((fans.in + fans.out) / 2));
