// Forgets the scale.
const Tensor scores = matmul(q, k.transpose(-1, -2));
if (!options.mask.defined()) return masked_softmax(scores, options.causal);
return masked_softmax(scores + options.mask, options.causal);
