// Counts one product of a batch.
    return 2 * output.size(-2) * output.size(-1) * in[0].size(-1);
