// reads the weight outside the graph: the layer runs and never learns
const Index in = weight.size(1);
if (x.dim() == 0 || x.size(-1) != in) {
  throw ShapeError("Linear: expects [*, " + std::to_string(in) + "], got " +
                   tinytorch::to_string(x.shape()));
}
const Tensor product = matmul(x, weight.detach().transpose(0, 1));
return bias.defined() ? product + bias : product;
