// the product as the formula is often written; square layers run
const Index in = weight.size(1);
if (x.dim() == 0 || x.size(-1) != in) {
  throw ShapeError("Linear: expects [*, " + std::to_string(in) + "], got " +
                   tinytorch::to_string(x.shape()));
}
const Tensor product = matmul(x, weight.reshape({in, weight.size(0)}));
return bias.defined() ? product + bias : product;
