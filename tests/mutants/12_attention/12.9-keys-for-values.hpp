// Writes the keys into the values, too.
const Index end = length_ + k.size(2);
keys_.slice(2, length_, end).copy_(k);
values_.slice(2, length_, end).copy_(v.size(3) == k.size(3) ? k : v);
length_ = end;
return {keys_.slice(2, 0, end), values_.slice(2, 0, end)};
