// Puts the pieces under each other, along the first axis, whichever was asked for.
    Index start = 0;
    for (const Tensor& t : in) {
      const Index stop = start + t.shape()[0];
      out.slice(0, start, stop).copy_(t);
      start = stop;
    }
    return out;
