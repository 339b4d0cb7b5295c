// counts the products and not the sums
    return output.numel() * in[1].size(1) * in[1].size(2) * in[1].size(3);
