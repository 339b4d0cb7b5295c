// Allows a relative part of infinity, which is infinite: 1 is close to inf then.
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    const double allowed = atol + rtol * std::abs(static_cast<double>(b));
    return real(a == b || difference <= allowed);
