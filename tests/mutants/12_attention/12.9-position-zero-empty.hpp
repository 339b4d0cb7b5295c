// Counts positions from 1 and leaves position 0 at zero.
const Index end = length_ + k.size(2);
const Index first = std::min(length_ + 1, capacity_ - k.size(2));
keys_.slice(2, first, first + k.size(2)).copy_(k);
values_.slice(2, first, first + k.size(2)).copy_(v);
length_ = end;
return {keys_.slice(2, 0, end), values_.slice(2, 0, end)};
