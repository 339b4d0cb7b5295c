#!/usr/bin/env python3
"""What 03_autograd.py leaves out of modules 01 to 03, by PyTorch: writes tests/regression/03_oracle.hpp.

    /usr/bin/python3 tests/oracles/03_ops.py > tests/regression/03_oracle.hpp
"""
import torch

from golden import Header, waves

a = waves(1, 2, 3)
with Header(__file__) as header:
    header.case("neg", torch.neg, a)
    header.case("min_of_rows", lambda t: t.min(1).values, a)
    header.case("min_of_all", lambda t: t.min(), a)
    header.case("max_of_all", lambda t: t.max(), a)
    header.case("var_of_all", lambda t: t.var(), a)
    header.case("var_biased", lambda t: t.var(0, unbiased=False), a)
    header.case("sum_of_two_axes", lambda t: t.sum((0, 2)), waves(5, 2, 3, 2))
    header.case("scalars", lambda t: (2 - t) * 3 / (t + 4) + 1 / (t + 2), a)
    header.case("unsqueezed", lambda t: t.unsqueeze(1).squeeze(1).t(), a)
    header.case("flattened", lambda t: t.transpose(0, 2).flatten(1), waves(9, 2, 3, 2))
    header.case("diagonal_block", lambda t: t[1:, ::2] * t[:1, 1:].expand(2, 2)[1:], waves(13, 2, 3))
    header.case("row_times_matrix", torch.matmul, waves(20, 3), waves(30, 3, 2))
    header.case("matrix_times_column", torch.matmul, waves(20, 2, 3), waves(30, 3))
    header.case("dot", torch.matmul, waves(20, 3), waves(30, 3))
    header.case("inverse_power", lambda t: t.abs().add(1).pow(-1.5), a)
    header.numbers("argmax_of_columns", a.argmax(0).tolist())
    header.numbers("argmax_of_all", [a.argmax().item()])
    header.golden("eye", torch.eye(3))
    header.golden("arange", torch.arange(-1, 2, 0.5))
