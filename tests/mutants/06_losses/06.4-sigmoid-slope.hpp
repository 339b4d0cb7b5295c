// The chain rule wants sigmoid's derivative as a factor.
const Tensor p = sigmoid(z);
return {g * (p - y) * p * (1 - p), -(g * z)};
