// The gradient points to the target.
return {(q - softmax(x, axis)) * (g * counts).unsqueeze(axis)};
