// The loss of an example is the mean over its classes.
const Tensor losses =
    -mean(q * log_softmax(logits, static_cast<Index>(axis)), static_cast<Index>(axis));
