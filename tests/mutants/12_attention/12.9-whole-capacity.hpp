// Hands out all of the memory, with zeros for tokens that are not there.
const Index end = length_ + k.size(2);
keys_.slice(2, length_, end).copy_(k);
values_.slice(2, length_, end).copy_(v);
length_ = end;
return {keys_, values_};
