// the line is not cut off at the end of the warm-up
    if (warmup_steps_ == 0) return base_lr_;
    return base_lr_ * static_cast<double>(step + 1) / static_cast<double>(warmup_steps_);
