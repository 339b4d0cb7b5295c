// Writes every token to position 0.
const Index end = length_ + k.size(2);
keys_.slice(2, 0, k.size(2)).copy_(k);
values_.slice(2, 0, k.size(2)).copy_(v);
length_ = end;
return {keys_.slice(2, 0, end), values_.slice(2, 0, end)};
