// Line i begins at i times the number of classes.
out.data()[i] = -x.data()[i * lines.length + labels[i]];
