// Takes the numbers of a head heads apart instead of next to each other.
return x.reshape({x.size(0), x.size(1), x.size(2) / heads, heads}).permute({0, 3, 1, 2});
