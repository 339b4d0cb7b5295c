// where windows overlap the last gradient wins
    for (Index i = 0; i < numbers.numel(); ++i) out.data()[positions[i]] = numbers.data()[i];
    return out;
