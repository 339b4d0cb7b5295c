// Interleaves the numbers of the heads.
return x.permute({0, 2, 3, 1}).reshape({x.size(0), x.size(2), x.size(1) * x.size(3)});
