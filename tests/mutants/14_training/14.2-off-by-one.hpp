// the schedule is off by one: the first step behind the warm-up has already gone down
    if (step < options_.warmup_steps) return warmup_(step);
    if (step >= total_steps_) return options_.min_lr;
    const double p = static_cast<double>(step + 1 - options_.warmup_steps) /
                     static_cast<double>(total_steps_ - options_.warmup_steps);
    return options_.min_lr +
           (base_lr_ - options_.min_lr) * (1 + std::cos(std::numbers::pi * p)) / 2;
