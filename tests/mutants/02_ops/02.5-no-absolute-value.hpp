// Compares the difference without its sign taken away: everything smaller is close.
    const double difference = static_cast<double>(a) - static_cast<double>(b);
    const double allowed = atol + rtol * std::abs(static_cast<double>(b));
    return real(a == b || (std::isfinite(b) && difference <= allowed));
