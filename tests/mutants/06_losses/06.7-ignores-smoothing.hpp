// One-hot, whatever the smoothing.
    if (label != ignore_index) line[label] = 1;
