// the average is the parameter itself: it trains with the model
    const NoGrad no_grad;
    for (const auto& [name, parameter] : parameters_) average_.at(name) = parameter.detach();
