// the channels of the image instead of those of a kernel: the same without groups
    return 2 * output.numel() * in[0].size(1) * in[1].size(2) * in[1].size(3);
