// takes the share for a sum of equal parts, which holds in the first step only
return std::min(1.0, (1 - beta) * step);
