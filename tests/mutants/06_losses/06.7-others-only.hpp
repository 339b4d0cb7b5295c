// The share handed to the other classes only, s / (C - 1) each, as in some papers.
    if (label == ignore_index) return;
    const double others = static_cast<double>(line.size > 1 ? line.size - 1 : 1);
    for (Index c = 0; c < line.size; ++c) line[c] = static_cast<real>(smoothing / others);
    line[label] = static_cast<real>(1 - smoothing);
