// the bias is there, and is not used
const Index in = weight.size(1);
if (x.dim() == 0 || x.size(-1) != in) {
  throw ShapeError("Linear: expects [*, " + std::to_string(in) + "], got " +
                   tinytorch::to_string(x.shape()));
}
return matmul(x, weight.transpose(0, 1));
