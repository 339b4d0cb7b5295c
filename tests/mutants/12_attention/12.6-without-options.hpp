// Computes the weights without the mask and without causal.
const Tensor weights = attention_weights(q, k);
if (options.weights != nullptr) *options.weights = weights;
return matmul(detail::drop_weights(weights, options), v);
