// The row starts at number i: right for labels of shape [N].
  Shape shape = t.shape();
  shape.erase(0);
  return IndexTensor(std::vector<Index>(t.data() + i, t.data() + i + numel(shape)), shape);
