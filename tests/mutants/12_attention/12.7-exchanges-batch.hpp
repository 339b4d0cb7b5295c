// Moves the heads before the batch.
return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).permute({2, 0, 1, 3});
