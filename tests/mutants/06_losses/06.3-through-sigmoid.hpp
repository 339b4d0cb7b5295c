// Probabilities first, then the textbook formula.
const real p = 1 / (1 + std::exp(-z));
return -y * std::log(p) - (1 - y) * std::log(1 - p);
