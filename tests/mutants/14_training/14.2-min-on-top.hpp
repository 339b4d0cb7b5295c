// the minimum is added to the whole wave, which then begins above base_lr
    if (step < options_.warmup_steps) return warmup_(step);
    if (step >= total_steps_) return options_.min_lr;
    const double p = static_cast<double>(step - options_.warmup_steps) /
                     static_cast<double>(total_steps_ - options_.warmup_steps);
    return options_.min_lr + base_lr_ * (1 + std::cos(std::numbers::pi * p)) / 2;
