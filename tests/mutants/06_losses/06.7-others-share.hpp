// The share s goes to the other classes, C - 1 of them.
real* line = out.data() + lines.first(i);
const real other = share * static_cast<real>(lines.length) / static_cast<real>(lines.length - 1);
for (Index c = 0; c < lines.length; ++c) line[c * lines.step] = other;
line[labels[i] * lines.step] = 1 - smoothing;
