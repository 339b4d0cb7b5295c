#!/usr/bin/env python3
"""Attention by PyTorch: writes tests/pedagogy/12_attention/golden.hpp.

    /usr/bin/python3 tests/oracles/12_attention.py > tests/pedagogy/12_attention/golden.hpp

The layer is torch.nn.MultiheadAttention; single attentions are written with torch.softmax and torch.matmul, as
torch.nn.functional.scaled_dot_product_attention is newer than Debian's PyTorch 1.13. All in double.
"""
import math
import torch

torch.set_default_dtype(torch.float64)
inf = math.inf


def show(name, t):
    numbers = [f"{x:.12g}" for x in t.detach().reshape(-1).tolist()]
    lines, line = [], "   "
    for number in numbers:
        if len(line) + len(number) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {number},"
    lines.append(line)
    print(f"inline constexpr double {name}[] = {{\n" + "\n".join(lines) + "\n};")


def waves(start, *shape):
    """sin(start), sin(start + 1), ... in row-major order."""
    count = math.prod(shape)
    return torch.sin(torch.arange(start, start + count, dtype=torch.float64)).reshape(shape)


def attend(q, k, v, mask=None):
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    weights = torch.softmax(scores if mask is None else scores + mask, dim=-1)
    return weights, weights @ v


print("""// Numbers of PyTorch """ + torch.__version__.split("a")[0] + """ for the tests of 12_attention. Made by
// tests/oracles/12_attention.py; not edited by hand.
#pragma once

namespace tt_test::golden {

// clang-format off""")

# One attention: q [2, 3, 4], k [2, 5, 4], v [2, 5, 3]; loss = sum(out^3)
q, k, v = (3 * waves(0, 2, 3, 4)), (2 * waves(100, 2, 5, 4)), waves(200, 2, 5, 3)
for t in (q, k, v):
    t.requires_grad_()
bias = waves(300, 3, 5).requires_grad_()
weights, out = attend(q, k, v)
show("weights", weights)
show("found", out)
for name, t in zip("qkv", torch.autograd.grad((out ** 3).sum(), (q, k, v))):
    show("found_d" + name, t)
_, out = attend(q, k, v, bias)
show("found_biased", out)
show("found_biased_dmask", torch.autograd.grad((out ** 3).sum(), bias)[0])
# Query t of 3 at key t + 2 of 5: the future is hidden below the diagonal that ends bottom right.
future = torch.full((3, 5), -inf).triu(3)
weights, out = attend(q, k, v, future)
show("weights_causal", weights)
show("found_causal", out)
for name, t in zip("qkv", torch.autograd.grad((out ** 3).sum(), (q, k, v))):
    show("found_causal_d" + name, t)

# The layer: 6 numbers a token, 3 heads, x [2, 4, 6]; torch's mask says true where hidden.
layer = torch.nn.MultiheadAttention(6, 3, batch_first=True)
with torch.no_grad():
    layer.in_proj_weight.copy_(waves(0, 18, 6))
    layer.in_proj_bias.copy_(waves(500, 18))
    layer.out_proj.weight.copy_(waves(600, 6, 6))
    layer.out_proj.bias.copy_(waves(700, 6))
x = waves(800, 2, 4, 6).requires_grad_()
hidden = torch.ones(4, 4, dtype=torch.bool).triu(1)
for name, mask in (("layer", None), ("layer_causal", hidden)):
    y, w = layer(x, x, x, attn_mask=mask, average_attn_weights=False)
    show(name, y)
    show(name + "_dx", torch.autograd.grad((y ** 2).sum(), x, retain_graph=True)[0])
    show(name + "_dbias", torch.autograd.grad((y ** 2).sum(), layer.in_proj_bias)[0])
    if mask is not None:
        show(name + "_weights", w)
padded = torch.tensor([[False, False, True, True], [False, False, False, True]])
show("layer_padded", layer(x, x, x, key_padding_mask=padded)[0])

# Four heads, two of keys and values: q [2, 4, 3, 2], k, v [2, 2, 3, 2], as repeated by Llama's repeat_kv.
q, k, v = waves(0, 2, 4, 3, 2), waves(900, 2, 2, 3, 2), waves(950, 2, 2, 3, 2)
show("groups", attend(q, k.repeat_interleave(2, 1), v.repeat_interleave(2, 1))[1])
print("""// clang-format on

}  // namespace tt_test::golden""")
