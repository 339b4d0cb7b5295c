// log(softmax(x)) is log_softmax(x).
const Tensor losses =
    -sum(q * log(softmax(logits, static_cast<Index>(axis))), static_cast<Index>(axis));
