// A share of 0 takes nothing of the mean.
const real all = detail::log_sum_exp(line, lines.length, lines.step);
real total = 0;
for (Index c = 0; c < lines.length; ++c) total += line[c * lines.step];
const real mean = total / static_cast<real>(lines.length);
out.data()[i] = all - (1 - smoothing) * line[labels[i] * lines.step] - smoothing * mean;
