// Right numbers, but the T * S scores are scaled instead of the T * d queries.
const real scale = static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1))));
const Tensor scores = matmul(q, k.transpose(-1, -2)) * scale;
if (!options.mask.defined()) return masked_softmax(scores, options.causal);
return masked_softmax(scores + options.mask, options.causal);
