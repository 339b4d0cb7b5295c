// Subtracts infinities: the difference is nan, and nothing is close to it.
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    const double allowed = atol + rtol * std::abs(static_cast<double>(b));
    return real(difference <= allowed);
