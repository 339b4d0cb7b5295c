#!/usr/bin/env python3
"""What 13_transformers.py leaves out, by PyTorch: writes tests/regression/13_oracle.hpp.

    /usr/bin/python3 tests/oracles/13_blocks.py > tests/regression/13_oracle.hpp

RMSNorm and SwiGLU are written out from their papers (arXiv:1910.07467, arXiv:2002.05202), top-p from arXiv:1904.09751.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from golden import Header, waves, weights

with Header(__file__) as header:
    x = waves(1, 2, 3, 4)
    header.case("layer_norm", lambda x, w, b: F.layer_norm(3 * x + 2, (4,), w, b, 1e-3), x, waves(50, 4), waves(60, 4))
    header.case("layer_norm_plain", lambda x: F.layer_norm(x, (4,)), x)
    header.case("rms_norm", lambda x, w: x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-3) * w, x, waves(50, 4))
    header.case("swiglu", lambda x, w1, w2, w3: F.linear(F.silu(F.linear(x, w1)) * F.linear(x, w3), w2), x,
                waves(100, 6, 4), waves(200, 4, 6), waves(300, 6, 4))

    # A pre-norm block as nn.TransformerEncoderLayer has it: norm_first, GELU, four times as wide inside
    block = nn.TransformerEncoderLayer(4, 2, 16, dropout=0.0, activation=lambda t: F.gelu(t, approximate="tanh"),
                                       batch_first=True, norm_first=True)
    parts = [block.norm1.weight, block.norm1.bias, block.self_attn.in_proj_weight, block.self_attn.in_proj_bias,
             block.self_attn.out_proj.weight, block.self_attn.out_proj.bias, block.norm2.weight, block.norm2.bias,
             block.linear1.weight, block.linear1.bias, block.linear2.weight, block.linear2.bias]
    for i, p in enumerate(parts):
        p.data = waves(100 * i, *p.shape)
    leaf = x.clone().requires_grad_()
    y = block(leaf, src_mask=torch.ones(3, 3).triu(1).bool())
    header.golden("block", y, torch.autograd.grad((y * weights(y)).sum(), parts + [leaf]))

    logits = 2 * waves(3, 8)
    top = torch.full_like(logits, -math.inf)
    top[torch.topk(logits, 3).indices] = torch.topk(logits, 3).values
    header.golden("top_3", top)
    order = torch.argsort(logits, descending=True)
    before = torch.cumsum(torch.softmax(logits, 0)[order], 0) - torch.softmax(logits, 0)[order]
    for p in (0.3, 0.6, 0.95):
        kept = torch.full_like(logits, -math.inf)
        kept[order[before < p]] = logits[order[before < p]]
        header.golden(f"top_p_{int(100 * p)}", kept)
