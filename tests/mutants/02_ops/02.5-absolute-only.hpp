// Forgets the relative part of the tolerance.
    (void)rtol;
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    return real(a == b || (std::isfinite(b) && difference <= atol));
