// The likelihood is what is asked for.
out.data()[i] = x.data()[lines.first(i) + labels[i] * lines.step];
