// Believes that one token comes at a time.
keys_.slice(2, length_, length_ + 1).copy_(k.slice(2, 0, 1));
values_.slice(2, length_, length_ + 1).copy_(v.slice(2, 0, 1));
++length_;
return {keys_.slice(2, 0, length_), values_.slice(2, 0, length_)};
