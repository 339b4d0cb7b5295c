// counts the first step as the second
return 1 - std::pow(beta, step + 1);
