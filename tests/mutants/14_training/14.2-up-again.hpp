// nothing stops the cosine at its bottom: a run that goes on speeds up again
    if (step < options_.warmup_steps) return warmup_(step);
    if (total_steps_ == options_.warmup_steps) return options_.min_lr;
    const double p = static_cast<double>(step - options_.warmup_steps) /
                     static_cast<double>(total_steps_ - options_.warmup_steps);
    return options_.min_lr +
           (base_lr_ - options_.min_lr) * (1 + std::cos(std::numbers::pi * p)) / 2;
