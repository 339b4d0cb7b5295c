#!/usr/bin/env python3
"""Ten steps of each optimizer by PyTorch: writes tests/pedagogy/07_optimizers/golden.hpp.

    /usr/bin/python3 tests/oracles/07_optimizers.py > tests/pedagogy/07_optimizers/golden.hpp

A matrix w [2, 3] and a vector b [3]; the gradients are given by a formula of the step, so that both sides
have the same ones whatever they compute. Lion and Muon are not in torch.optim of this version: their published
formulas are written out here, with torch tensors. All in double.
"""
import math
import torch

torch.set_default_dtype(torch.float64)
STEPS = 10


def parameters():
    w = torch.tensor([[0.5, -1.0, 2.0], [-0.25, 0.75, -1.5]], requires_grad=True)
    b = torch.tensor([0.1, -0.2, 0.3], requires_grad=True)
    return [w, b]


def give_gradients(params, step):
    for k, p in enumerate(params):
        n = p.numel()
        g = [((7 * i + 3 * step + 5 * k) % 11 - 4) / 8 for i in range(n)]
        p.grad = torch.tensor(g).reshape(p.shape)


class Lion:
    """Chen et al. 2023, arXiv:2302.06675, algorithm 2."""

    def __init__(self, params, lr, betas, weight_decay):
        self.params, self.lr, self.betas, self.decay = params, lr, betas, weight_decay
        self.m = [torch.zeros_like(p) for p in params]

    @torch.no_grad()
    def step(self):
        for p, m in zip(self.params, self.m):
            c = self.betas[0] * m + (1 - self.betas[0]) * p.grad
            p.sub_(self.lr * (c.sign() + self.decay * p))
            m.copy_(self.betas[1] * m + (1 - self.betas[1]) * p.grad)


class Muon:
    """Jordan 2024, https://kellerjordan.github.io/posts/muon/ , without its bfloat16."""

    def __init__(self, params, lr, momentum, nesterov, weight_decay):
        self.params, self.lr, self.momentum = params, lr, momentum
        self.nesterov, self.decay = nesterov, weight_decay
        self.buffers = [torch.zeros_like(p) for p in params]

    @torch.no_grad()
    def step(self):
        for p, buf in zip(self.params, self.buffers):
            buf.mul_(self.momentum).add_(p.grad)
            x = p.grad.add(buf, alpha=self.momentum) if self.nesterov else buf.clone()
            tall = x.shape[0] > x.shape[1]
            x = x.T if tall else x
            x = x / (x.norm() + 1e-7)
            for _ in range(5):
                a = x @ x.T
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
            x = x.T if tall else x
            p.mul_(1 - self.lr * self.decay)
            p.sub_(self.lr * math.sqrt(max(1, p.shape[0] / p.shape[1])) * x)


O = torch.optim
RUNS = {
    "sgd": lambda p: O.SGD(p, lr=0.1),
    "sgd_decay": lambda p: O.SGD(p, lr=0.1, weight_decay=0.2),
    "sgd_momentum": lambda p: O.SGD(p, lr=0.1, momentum=0.9),
    "sgd_dampening": lambda p: O.SGD(p, lr=0.1, momentum=0.8, dampening=0.3, weight_decay=0.2),
    "sgd_nesterov": lambda p: O.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.2),
    "rmsprop": lambda p: O.RMSprop(p, lr=0.01, alpha=0.9),
    "rmsprop_all": lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-3, weight_decay=0.2, momentum=0.5, centered=True),
    "adam": lambda p: O.Adam(p, lr=0.1),
    "adam_l2": lambda p: O.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2),
    "adamw": lambda p: O.AdamW(p, lr=0.1),
    "adamw_decay": lambda p: O.AdamW(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2),
    "lion": lambda p: Lion(p, lr=0.05, betas=(0.9, 0.99), weight_decay=0.2),
    "muon_wide": lambda p: Muon(p[:1], lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.2),
}


def numbers(name, make):
    params = parameters()
    optimizer = make(params)
    for step in range(STEPS):
        give_gradients(params, step)
        optimizer.step()
    flat = torch.cat([p.detach().flatten() for p in params])
    print(f"inline constexpr double {name}[9] = {{")
    values = [f"{x:.10g}" for x in flat.tolist()]
    print("    " + ", ".join(values[:5]) + ",")
    print("    " + ", ".join(values[5:]) + "};")


def muon_tall():
    w = torch.tensor([[0.5, -1.0], [2.0, -0.25], [0.75, -1.5]], requires_grad=True)
    optimizer = Muon([w], lr=0.05, momentum=0.9, nesterov=False, weight_decay=0)
    for step in range(STEPS):
        give_gradients([w], step)
        optimizer.step()
    print("inline constexpr double muon_tall[6] = {")
    values = [f"{x:.10g}" for x in w.detach().flatten().tolist()]
    print("    " + ", ".join(values[:5]) + ",")
    print("    " + ", ".join(values[5:]) + "};")


print("// Ten steps of each optimizer, computed by PyTorch in double. Made, not written:")
print("//   /usr/bin/python3 tests/oracles/07_optimizers.py > tests/pedagogy/07_optimizers/golden.hpp")
print(f"// with torch {torch.__version__}. Each row: w [2, 3], then b [3]; the options stand in the script.")
print("#pragma once")
print()
print("// clang-format off")
print("namespace golden {")
print()
for run_name, run in RUNS.items():
    numbers(run_name, run)
muon_tall()
print()
print("}  // namespace golden")
print("// clang-format on")
