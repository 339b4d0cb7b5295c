#!/usr/bin/env python3
"""Look-ups, positions and rotations by PyTorch: writes tests/pedagogy/11_embeddings/golden.hpp.

    /usr/bin/python3 tests/oracles/11_embeddings.py > tests/pedagogy/11_embeddings/golden.hpp

The positions are those of PyTorch's tutorial transformer_tutorial.py (PositionalEncoding), the rotations those of Meta's
llama/model.py (precompute_freqs_cis, apply_rotary_emb: complex numbers). All in double.
"""
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def show(name, t):
    numbers = ", ".join(f"{x:.12g}" for x in t.detach().reshape(-1).tolist())
    lines, line = [], "   "
    for number in numbers.split(", "):
        if len(line) + len(number) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {number},"
    lines.append(line)
    print(f"inline constexpr double {name}[] = {{\n" + "\n".join(lines) + "\n};")


print("""// Numbers of PyTorch """ + torch.__version__.split("a")[0] + """ for the tests of 11_embeddings. Made by
// tests/oracles/11_embeddings.py; not edited by hand.
#pragma once

namespace tt_test::golden {

// clang-format off""")

# embedding: weight [5, 3] = sin of its position, ids with repeats, loss = sum(y^3 * c)
weight = torch.sin(torch.arange(15.0)).reshape(5, 3).requires_grad_()
ids = torch.tensor([[4, 0, 2], [0, 4, 4]])
c = torch.cos(torch.arange(18.0)).reshape(2, 3, 3)
for name, padding in (("embedding", None), ("padded", 4)):
    y = F.embedding(ids, weight, padding_idx=padding)
    (g,) = torch.autograd.grad((y ** 3 * c).sum(), weight, create_graph=True)
    (gg,) = torch.autograd.grad((g ** 2).sum(), weight)
    if padding is None:
        show("embedding_rows", y)
    show(f"{name}_gradient", g)
    show(f"{name}_second", gg)


def tutorial(length, dim):
    pe = torch.zeros(length, dim)
    position = torch.arange(0, length).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
    pe[:, 0::2] = torch.sin(position * div_term)
    pe[:, 1::2] = torch.cos(position * div_term)
    return pe


show("positions_4_6", tutorial(4, 6))
show("position_4999_of_8", tutorial(5000, 8)[4999])


def rotary(x, base, offset):
    length, d = x.shape[-2:]
    freqs = 1.0 / (base ** (torch.arange(0, d, 2)[: d // 2] / d))
    angles = torch.outer(torch.arange(offset, offset + length), freqs)
    turns = torch.polar(torch.ones_like(angles), angles)
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turns).flatten(-2)


x = torch.sin(torch.arange(2.0 * 3 * 4)).reshape(2, 3, 4)
show("rope", rotary(x, 10000.0, 0))
show("rope_shifted", rotary(x, 500.0, 7))
print("""// clang-format on

}  // namespace tt_test::golden""")
