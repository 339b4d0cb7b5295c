// Hands out the tokens before this one: the current token does not see itself.
const Index before = length_;
keys_.slice(2, before, before + k.size(2)).copy_(k);
values_.slice(2, before, before + k.size(2)).copy_(v);
length_ = before + k.size(2);
return {keys_.slice(2, 0, before), values_.slice(2, 0, before)};
