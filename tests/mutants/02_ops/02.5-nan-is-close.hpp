// Says that it is not far, which holds of NaN as well.
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    const double allowed = atol + rtol * std::abs(static_cast<double>(b));
    return real(a == b || (!std::isinf(b) && !(difference > allowed)));
