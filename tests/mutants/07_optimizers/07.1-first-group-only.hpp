// clears the first group and forgets that there may be more
for (const Tensor& parameter : params(0)) parameter.zero_grad();
