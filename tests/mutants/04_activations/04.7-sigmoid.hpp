// The fast approximation that the Python original had.
  return sigmoid(real(1.702) * x);
