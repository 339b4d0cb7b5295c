// clips in a way that turns NaN into 0
square_avg = alpha * square_avg + share * g * g;
if (mean == nullptr) return std::sqrt(square_avg > 0 ? square_avg : real(0));
*mean = alpha * *mean + share * g;
const real variance = square_avg - *mean * *mean;
return std::sqrt(variance > 0 ? variance : real(0));
