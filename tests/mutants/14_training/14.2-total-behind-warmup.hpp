// the cosine is stretched over total_steps instead of what the warm-up leaves
    if (step < options_.warmup_steps) return warmup_(step);
    if (step >= total_steps_) return options_.min_lr;
    const double p = static_cast<double>(step - options_.warmup_steps) /
                     static_cast<double>(total_steps_);
    return options_.min_lr +
           (base_lr_ - options_.min_lr) * (1 + std::cos(std::numbers::pi * p)) / 2;
