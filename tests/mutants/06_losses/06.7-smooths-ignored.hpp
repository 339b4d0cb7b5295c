// An ignored line gets its share like the others.
    const real share = static_cast<real>(smoothing / static_cast<double>(line.size));
    for (Index c = 0; c < line.size; ++c) line[c] = share;
    if (label != ignore_index) line[label] += static_cast<real>(1 - smoothing);
