// A slice of one row, as t[i:i+1] in Python: the axis stays.
  Shape shape = t.shape();
  shape[0] = 1;
  const Index length = numel(shape);
  return IndexTensor(std::vector<Index>(t.data() + i * length, t.data() + (i + 1) * length), shape);
