// Counts one operation for a multiplication and its addition.
    return output.numel() * in[0].size(-1);
