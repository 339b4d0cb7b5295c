// A target is data: it has no gradient.
return {g * (sigmoid(z) - y), zeros(y.shape())};
