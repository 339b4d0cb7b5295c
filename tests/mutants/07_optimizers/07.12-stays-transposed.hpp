// does not turn a tall matrix back
const bool tall = g.size(0) > g.size(1);
Tensor x = tall ? g.transpose(0, 1) : g;
x = x / (sqrt(sum(x * x)) + real(1e-7));
for (Index i = 0; i < steps; ++i) {
  const Tensor gram = matmul(x, x.transpose(0, 1));
  x = x * a + matmul(gram * b + matmul(gram, gram) * c, x);
}
return x;
