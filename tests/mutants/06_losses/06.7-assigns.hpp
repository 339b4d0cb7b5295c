// The label gets 1 - s, the others s / C.
real* line = out.data() + lines.first(i);
for (Index c = 0; c < lines.length; ++c) line[c * lines.step] = share;
line[labels[i] * lines.step] = 1 - smoothing;
