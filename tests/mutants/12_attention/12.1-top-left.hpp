// The first query stands at the first key, also when a cache holds earlier tokens.
(void)T;
return std::clamp<Index>(t + 1, 0, S);
