// Detaches the weights: queries and keys learn nothing.
const Tensor weights = attention_weights(q, k, options).detach();
if (options.weights != nullptr) *options.weights = weights;
return matmul(detail::drop_weights(weights, options), v);
