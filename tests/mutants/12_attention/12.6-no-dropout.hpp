// Forgets dropout.
const Tensor weights = attention_weights(q, k, options);
if (options.weights != nullptr) *options.weights = weights;
return matmul(weights, v);
