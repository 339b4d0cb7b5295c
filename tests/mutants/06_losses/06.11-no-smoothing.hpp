// Smoothing changes the gradient only.
const real all = detail::log_sum_exp(line, lines.length, lines.step);
out.data()[i] = all - line[labels[i] * lines.step];
