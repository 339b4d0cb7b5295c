// a warm-up is taken to begin at 0: the first batch is for nothing
    if (step >= warmup_steps_) return base_lr_;
    return base_lr_ * static_cast<double>(step) / static_cast<double>(warmup_steps_);
