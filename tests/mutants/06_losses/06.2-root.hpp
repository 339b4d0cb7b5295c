// A distance is the root of the squares.
const Tensor distance = input - target;
return detail::reduced(sqrt(distance * distance), options.reduction, input.numel());
