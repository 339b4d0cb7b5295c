// Softmax over the wrong axis: the shares of a key add up to 1, not those of a query.
const Tensor scores = matmul(q * static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1)))),
                             k.transpose(-1, -2));
const Tensor seen = options.mask.defined() ? scores + options.mask : scores;
const Tensor weights =
    softmax(options.causal ? seen + causal_mask(q.size(-2), k.size(-2)) : seen, -2);
if (options.weights != nullptr) *options.weights = weights;
return matmul(detail::drop_weights(weights, options), v);
