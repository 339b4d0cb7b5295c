// leaves the error to matmul, which does not know what a layer is
const Tensor product = matmul(x, weight.transpose(0, 1));
return bias.defined() ? product + bias : product;
