// step + 1 over warmup_steps is divided as whole numbers, so the rate is 0 until the end
    if (step >= warmup_steps_) return base_lr_;
    return base_lr_ * static_cast<double>((step + 1) / warmup_steps_);
