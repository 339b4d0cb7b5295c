// Takes the number of rows for the depth.
    return 2 * output.numel() * in[0].size(-2);
