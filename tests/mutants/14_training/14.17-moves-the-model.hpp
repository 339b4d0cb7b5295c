// the model is moved towards the average
    const NoGrad no_grad;
    for (const auto& [name, parameter] : parameters_) {
      Tensor own = parameter.detach();
      own.mul_(static_cast<real>(1 - options_.decay));
      own.add_(average_.at(name), static_cast<real>(options_.decay));
    }
