// Hides keys after softmax: the row no longer adds up to 1.
const real scale = static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1))));
const Tensor weights = masked_softmax(matmul(q * scale, k.transpose(-1, -2)), options.causal);
if (!options.mask.defined()) return weights;
return where(eq(options.mask, scalar(detail::minus_infinity)), scalar(0), weights);
