// the average keeps 1 - decay and takes decay of the new weights
    const NoGrad no_grad;
    for (const auto& [name, parameter] : parameters_) {
      Tensor& average = average_.at(name);
      average.mul_(static_cast<real>(1 - options_.decay));
      average.add_(parameter.detach(), static_cast<real>(options_.decay));
    }
