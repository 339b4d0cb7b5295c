// The label's number set to 1 - s, without its own share s / C.
    if (label == ignore_index) return;
    const real share = static_cast<real>(smoothing / static_cast<double>(line.size));
    for (Index c = 0; c < line.size; ++c) line[c] = share;
    line[label] = static_cast<real>(1 - smoothing);
