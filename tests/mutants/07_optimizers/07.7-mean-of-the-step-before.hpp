// takes the mean away before it has seen the new gradient
square_avg = alpha * square_avg + share * g * g;
if (mean == nullptr) return std::sqrt(square_avg);
const real variance = square_avg - *mean * *mean;
*mean = alpha * *mean + share * g;
return std::sqrt(variance < 0 ? 0 : variance);
