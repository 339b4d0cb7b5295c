// makes the transposed weight contiguous first: right, and a copy of it lives until backward
const Index in = weight.size(1);
if (x.dim() == 0 || x.size(-1) != in) {
  throw ShapeError("Linear: expects [*, " + std::to_string(in) + "], got " +
                   tinytorch::to_string(x.shape()));
}
const Tensor product = matmul(x, weight.transpose(0, 1).contiguous());
return bias.defined() ? product + bias : product;
