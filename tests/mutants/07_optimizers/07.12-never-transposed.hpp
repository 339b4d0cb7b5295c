// iterates tall matrices as they are: the same numbers from larger products
Tensor x = g / (sqrt(sum(g * g)) + real(1e-7));
for (Index i = 0; i < steps; ++i) {
  const Tensor gram = matmul(x, x.transpose(0, 1));
  x = x * a + matmul(gram * b + matmul(gram, gram) * c, x);
}
return x;
