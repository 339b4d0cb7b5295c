// steps are counted from 1, so each stair comes a step too early
    return base_lr_ * std::pow(gamma_, static_cast<double>((step + 1) / step_size_));
