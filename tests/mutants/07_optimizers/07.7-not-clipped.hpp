// does not think of a variance that rounding makes negative
square_avg = alpha * square_avg + share * g * g;
if (mean == nullptr) return std::sqrt(square_avg);
*mean = alpha * *mean + share * g;
return std::sqrt(square_avg - *mean * *mean);
