// adds up all squares, as Adagrad does
square_avg += share * g * g;
if (mean == nullptr) return std::sqrt(square_avg);
*mean = alpha * *mean + share * g;
const real variance = square_avg - *mean * *mean;
return std::sqrt(variance < 0 ? 0 : variance);
