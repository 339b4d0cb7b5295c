// the exponent is divided with a remainder, so the stairs become a slide
    return base_lr_ * std::pow(gamma_, static_cast<double>(step) / static_cast<double>(step_size_));
