"""What the scripts of this folder share: numbers by formula, and the C++ header that a script prints.

A header holds cases, `inline tt_test::Golden NAME()`: a value, and the gradient of each operand for the loss
sum(value * cos(0), cos(1), ...). tests/support/oracle.hpp reads them. Numbers are printed so that they come back
bit for bit.
"""
import contextlib
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def waves(start, *shape):
    """sin(start), sin(start + 1), ... in row-major order."""
    count = math.prod(shape)
    return torch.sin(torch.arange(start, start + count, dtype=torch.float64)).reshape(shape)


def weights(t):
    return torch.cos(torch.arange(t.numel(), dtype=torch.float64)).reshape(t.shape)


def rates(make, steps):
    """The learning rates of these steps, from 0.3 on, under the schedule that make(optimizer) gives."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def wrapped(words, indent):
    lines, line = [], ""
    for word in words:
        if len(indent) + len(line) + len(word) + 2 > 100:
            lines.append(indent + line.rstrip())
            line = ""
        line += word + ", "
    return "\n".join(lines + [indent + line.rstrip().rstrip(",")])


def values(t):
    """A tensor as tt_test::Values."""
    t = t.detach()
    numbers = [repr(float(x)).replace("inf", "INFINITY").replace("nan", "NAN") for x in t.reshape(-1).tolist()]
    shape = ", ".join(str(n) for n in t.shape)
    return "tt_test::Values{{\n" + wrapped(numbers, "      ") + "},\n      {" + shape + "}}"


class Header:
    """Prints a header to stdout; use as `with Header(__file__) as header:`."""

    def __init__(self, script):
        self.script = script.rsplit("/", 1)[-1]

    def __enter__(self):
        print(f"// Numbers of PyTorch {torch.__version__.split('a')[0]} in double: made by tests/oracles/{self.script},"
              " not edited by hand.")
        print("// clang-format off\n#pragma once\n\n#include \"oracle.hpp\"\n\nnamespace tt_test::oracle {\n")
        return self

    def __exit__(self, *_):
        print("}  // namespace tt_test::oracle\n// clang-format on")

    def golden(self, name, value, gradients=()):
        """A case from finished numbers."""
        print(f"inline Golden {name}() {{\n  return {{\"{name}\", {values(value)},\n    {{"
              + ",\n    ".join(values(g) for g in gradients) + "}};\n}\n")

    def case(self, name, f, *operands):
        """The value of f and the gradient of each operand."""
        operands = [t.detach().clone().requires_grad_() for t in operands]
        out = f(*operands)
        self.golden(name, out, torch.autograd.grad((out * weights(out)).sum(), operands))

    def numbers(self, name, numbers):
        """A list of numbers, whole ones as tinytorch::Index."""
        kind = "tinytorch::Index" if all(isinstance(x, int) for x in numbers) else "double"
        print(f"inline const std::vector<{kind}> {name} = {{\n" + wrapped([repr(x) for x in numbers], "    ") + "};\n")

    def words(self, name, words):
        print(f"inline const std::vector<std::string> {name} = {{\n"
              + wrapped([f'"{w}"' for w in words], "    ") + "};\n")


@contextlib.contextmanager
def draws():
    """What torch's initialisation asks its generator for: a list of (low, high) or (mean, std), nothing drawn."""
    asked = []
    originals = torch.Tensor.uniform_, torch.Tensor.normal_

    def spy(tensor, a, b):
        asked.append((float(a), float(b)))
        return tensor

    torch.Tensor.uniform_, torch.Tensor.normal_ = spy, spy
    try:
        yield asked
    finally:
        torch.Tensor.uniform_, torch.Tensor.normal_ = originals


if __name__ == "__main__":
    sys.exit("golden.py: is used by the other scripts of this folder")
