// A token may see the one after it: t + 1 is the index of the last, so it takes t + 2 keys.
return std::clamp<Index>(t + 2 + (S - T), 0, S);
