// The classes are the last axis.
const Tensor chosen =
    detail::target_distribution(op.labels, in[0].shape(), op.axis, 0, op.ignore_index);
return {-(chosen * g.unsqueeze(-1))};
