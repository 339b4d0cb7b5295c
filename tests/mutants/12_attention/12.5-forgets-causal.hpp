// The option causal is not passed on.
const real scale = static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1))));
const Tensor scores = matmul(q * scale, k.transpose(-1, -2));
return masked_softmax(options.mask.defined() ? scores + options.mask : scores);
