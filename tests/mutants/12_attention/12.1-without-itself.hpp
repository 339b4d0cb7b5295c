// A token sees what came before it and not itself.
return std::clamp<Index>(t + (S - T), 0, S);
