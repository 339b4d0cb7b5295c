#!/usr/bin/env python3
"""Attention behind masks, with the gradients of all that it reads, by PyTorch: writes tests/regression/12_oracle.hpp.

    /usr/bin/python3 tests/oracles/12_masks.py > tests/regression/12_oracle.hpp
"""
import math

import torch

from golden import Header, waves, weights

hidden = torch.full((2, 1, 1, 4), 0.0)
hidden[0, ..., 3] = hidden[1, ..., 1:] = -math.inf  # lengths 3 and 1


def attend(q, k, v, mask):
    return torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + mask, -1) @ v


with Header(__file__) as header:
    q, k, v = waves(1, 2, 2, 3, 3), waves(100, 2, 2, 4, 3), waves(200, 2, 2, 4, 2)
    header.case("attention_padded", lambda *t: attend(*t, hidden), q, k, v)
    header.case("attention_biased", attend, q, k, v, waves(300, 2, 1, 3, 4))
    future = torch.full((3, 4), -math.inf).triu(2)
    header.case("attention_padded_and_causal", lambda *t: attend(*t, hidden + future), q, k, v)

    layer = torch.nn.MultiheadAttention(4, 2, batch_first=True)
    for i, p in enumerate((layer.in_proj_weight, layer.in_proj_bias, layer.out_proj.weight, layer.out_proj.bias)):
        p.data = waves(100 * i, *p.shape)
    x = waves(800, 2, 4, 4).requires_grad_()
    y = layer(x, x, x, key_padding_mask=hidden.reshape(2, 4) != 0, attn_mask=torch.ones(4, 4).triu(1).bool())[0]
    header.golden("layer_padded_and_causal", y, torch.autograd.grad(
        (y * weights(y)).sum(),
        [layer.in_proj_weight, layer.in_proj_bias, layer.out_proj.weight, layer.out_proj.bias, x]))
