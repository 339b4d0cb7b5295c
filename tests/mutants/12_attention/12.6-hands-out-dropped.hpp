// Hands out the weights after dropout: a picture with holes.
const Tensor weights = detail::drop_weights(attention_weights(q, k, options), options);
if (options.weights != nullptr) *options.weights = weights;
return matmul(weights, v);
