// A maximum sends its gradient to the largest number.
return {eq(in[0], max(in[0], axis, true)) * g.unsqueeze(axis) + 0 * out.unsqueeze(axis)};
