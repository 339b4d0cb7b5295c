#!/usr/bin/env python3
"""Values and gradients of the operations of modules 01 to 03 by PyTorch: writes tests/pedagogy/03_autograd/golden.hpp.

    /usr/bin/python3 tests/oracles/03_autograd.py > tests/pedagogy/03_autograd/golden.hpp

Each function takes a [2, 3] and, where it has two operands, b, which broadcasts; the loss is the sum of the result
times w_i = cos(i). All in double.
"""
import math
import torch

torch.set_default_dtype(torch.float64)


def show(name, t):
    numbers = ", ".join(f"{x:.12g}" for x in t.detach().reshape(-1).tolist())
    line = f"inline constexpr double {name}[] = {{{numbers}}};"
    if len(line) > 100:
        words, lines, line = numbers.split(", "), [], "   "
        for word in words:
            if len(line) + len(word) + 2 > 100:
                lines.append(line)
                line = "   "
            line += f" {word},"
        line = f"inline constexpr double {name}[] = {{\n" + "\n".join(lines + [line]) + "\n};"
    print(line)


def waves(start, *shape):
    count = math.prod(shape)
    return torch.sin(torch.arange(start, start + count, dtype=torch.float64)).reshape(shape)


def weights(t):
    return torch.cos(torch.arange(t.numel(), dtype=torch.float64)).reshape(t.shape)


def case(name, f, *operands):
    operands = [t.clone().requires_grad_() for t in operands]
    out = f(*operands)
    show(name, out)
    for letter, g in zip("abc", torch.autograd.grad((out * weights(out)).sum(), operands)):
        show(f"{name}_d{letter}", g)


print("""// Numbers of PyTorch """ + torch.__version__.split("a")[0] + """ for the tests of 03_autograd. Made by
// tests/oracles/03_autograd.py; not edited by hand.
#pragma once

namespace tt_test::golden {

// clang-format off""")

a, row, column = waves(1, 2, 3), waves(10, 3), waves(20, 2, 1)
case("add", torch.add, a, row)
case("sub", torch.sub, a, column)
case("mul", torch.mul, a, column)
case("div", torch.div, a, row)
case("exp", torch.exp, a)
case("log", torch.log, a.abs() + 1)
case("sqrt", torch.sqrt, a.abs() + 1)
case("tanh", torch.tanh, a)
case("abs", torch.abs, a)
case("pow", lambda t: t ** 3, a)
case("maximum", torch.maximum, a, row)
case("maximum_tie", torch.maximum, torch.tensor([1.0, 2, 3]), torch.tensor([1.0, 5, 0]))
case("minimum", torch.minimum, a, row)
case("where", lambda x, y: torch.where(a > 0, x, y), a, row)
case("sum", lambda t: t.sum(1), a)
case("mean", lambda t: t.mean(0, keepdim=True), a)
case("var", lambda t: t.var(1), a)
case("max", lambda t: t.max(1).values, a)
case("max_tie", lambda t: t.max(1).values, torch.tensor([[1.0, 3, 3], [2, 2, 2]]))
case("cat", lambda x, y: torch.cat([x, y], 1), a, column)
case("stack", lambda x, y: torch.stack([x, y], 1), a, waves(30, 2, 3))
case("matmul", torch.matmul, a, waves(40, 3, 2))
case("batched", torch.matmul, waves(50, 2, 1, 2, 3), waves(60, 2, 3, 2))
case("permute", lambda t: t.permute(2, 0, 1), waves(70, 2, 3, 2))
case("slice", lambda t: t[:, 0:3:2], a)
case("select", lambda t: t[:, 1], a)
case("expand", lambda t: t.expand(2, 2, 3), row)
case("reshape", lambda t: t.t().reshape(2, 3), a)

x = a.clone().requires_grad_()
(slope,) = torch.autograd.grad((torch.tanh(x) * x ** 2).sum(), x, create_graph=True)
show("second", torch.autograd.grad((slope * weights(slope)).sum(), x)[0])
print("""// clang-format on

}  // namespace tt_test::golden""")
