#!/usr/bin/env python3
"""Activations and their gradients by PyTorch: writes tests/regression/04_oracle.hpp.

    /usr/bin/python3 tests/oracles/04_activations.py > tests/regression/04_oracle.hpp
"""
import torch
import torch.nn.functional as F

from golden import Header, waves

x = torch.tensor([[-30.0, -6, -1.5, -1e-3], [1e-3, 0.7, 5, 30]])
line = waves(1, 2, 4, 3)
with Header(__file__) as header:
    header.golden("activation_inputs", x)
    header.case("relu", F.relu, x)
    header.case("leaky_relu", lambda t: F.leaky_relu(t, 0.2), x)
    header.case("sigmoid", torch.sigmoid, x)
    header.case("tanh_of_wide_range", torch.tanh, x)
    header.case("gelu", F.gelu, x)
    header.case("gelu_tanh", lambda t: F.gelu(t, approximate="tanh"), x)
    header.case("silu", F.silu, x)
    for axis in range(3):
        header.case(f"softmax_{axis}", lambda t: torch.softmax(5 * t, axis), line)
        header.case(f"log_softmax_{axis}", lambda t: torch.log_softmax(5 * t, axis), line)
    for name, f in (("sigmoid", torch.sigmoid), ("gelu", F.gelu), ("silu", F.silu),
                    ("softmax", lambda t: torch.softmax(t, 1)), ("log_softmax", lambda t: torch.log_softmax(t, 1))):
        t = waves(1, 2, 3).requires_grad_()
        (g,) = torch.autograd.grad((f(t) ** 2).sum(), t, create_graph=True)
        (gg,) = torch.autograd.grad((g ** 2).sum(), t)
        header.golden(f"{name}_twice", g, [gg])
    t = torch.zeros(3, requires_grad=True)
    header.golden("relu_at_zero", torch.autograd.grad(F.relu(t).sum(), t)[0])
    t = torch.zeros(3, requires_grad=True)
    header.golden("leaky_relu_at_zero", torch.autograd.grad(F.leaky_relu(t, 0.2).sum(), t)[0])
