#!/usr/bin/env python3
"""Schedules, clipping and a whole training run by PyTorch, and a file by Python's own json and struct: writes
tests/pedagogy/14_training/golden.hpp.

    /usr/bin/python3 tests/oracles/14_training.py > tests/pedagogy/14_training/golden.hpp

With a file name it reads that .safetensors file instead, by nothing but json and struct, and prints what it holds.

    ./tito/tito run tests/performance/training_costs.cpp --solution -- model.safetensors
    /usr/bin/python3 tests/oracles/14_training.py model.safetensors
"""
import json
import math
import struct
import sys


def read(path):
    """The format as it is described at https://huggingface.co/docs/safetensors, in a few lines."""
    data = open(path, "rb").read()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    body = data[8 + length:]
    kinds = {"F32": "f", "F64": "d", "I64": "q"}
    for name, entry in header.items():
        if name == "__metadata__":
            print("words", entry)
            continue
        first, last = entry["data_offsets"]
        count = math.prod(entry["shape"])
        kind = kinds[entry["dtype"]]
        assert (8 + length + first) % struct.calcsize(kind) == 0, "alignment"
        numbers = struct.unpack(f"<{count}{kind}", body[first:last])
        print(name, entry["dtype"], entry["shape"], [round(x, 6) for x in numbers[:4]], "sum", f"{sum(numbers):.6g}")


if len(sys.argv) > 1:
    read(sys.argv[1])
    sys.exit()

import torch  # noqa: E402

from golden import rates  # noqa: E402

torch.set_default_dtype(torch.float64)


def show(name, numbers, kind="double"):
    print(f"inline constexpr {kind} {name}[{len(numbers)}] = {{")
    texts = [str(x) if isinstance(x, int) else f"{x:.10g}" for x in numbers]
    for i in range(0, len(texts), 6):
        print("    " + ", ".join(texts[i:i + 6]) + ("," if i + 6 < len(texts) else "};"))


S = torch.optim.lr_scheduler


def warm_cosine(optimizer):
    warm = S.LinearLR(optimizer, start_factor=1 / 5, end_factor=1.0, total_iters=4)
    cosine = S.CosineAnnealingLR(optimizer, T_max=15, eta_min=0.03)
    return S.SequentialLR(optimizer, [warm, cosine], milestones=[5])


def clipped(max_norm):
    w = torch.zeros(2, 3, requires_grad=True)
    b = torch.zeros(2, requires_grad=True)
    w.grad = torch.tensor([[0.5, -1.0, 2.0], [-0.25, 0.75, -1.5]])
    b.grad = torch.tensor([3.0, -4.0])
    norm = torch.nn.utils.clip_grad_norm_([w, b], max_norm)
    return [norm.item()] + w.grad.flatten().tolist() + b.grad.tolist()


def run():
    """Eight steps of AdamW on two batches each, warmed up, along a cosine, clipped."""
    def made(rows, columns, a, b):
        n = rows * columns
        return torch.tensor([((a * i + b) % 13 - 6) / 8 for i in range(n)]).reshape(rows, columns)
    w1, w2 = made(4, 3, 5, 2), made(2, 4, 7, 3)
    b1, b2 = torch.zeros(4), torch.zeros(2)
    params = [w1, b1, w2, b2]
    for p in params:
        p.requires_grad_(True)
    optimizer = torch.optim.AdamW(params, lr=0.1, weight_decay=0.1)
    scheduler = S.SequentialLR(optimizer, [
        S.LinearLR(optimizer, start_factor=1 / 3, end_factor=1.0, total_iters=2),
        S.CosineAnnealingLR(optimizer, T_max=5, eta_min=0.01)], milestones=[3])
    for step in range(8):
        optimizer.zero_grad()
        for k in range(2):
            number = (2 * step + k) % 4
            x, y = made(5, 3, 3, number), made(5, 2, 4, number + 5)
            loss = torch.nn.functional.mse_loss(torch.tanh(x @ w1.T + b1) @ w2.T + b2, y)
            (loss / 2).backward()
        torch.nn.utils.clip_grad_norm_(params, 0.5)
        optimizer.step()
        scheduler.step()
    return torch.cat([p.detach().flatten() for p in params]).tolist()


def file_bytes():
    """Two tensors and a word. Not the layout that we would choose: c stands before a."""
    c = struct.pack("<3q", 7, -8, 2**40)
    a = struct.pack("<4f", 1.5, -2.25, 0.0, 1e-3)
    header = {"__metadata__": {"made by": "json and struct, \u00e4"},
              "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [24, 40]},
              "c": {"dtype": "I64", "shape": [3], "data_offsets": [0, 24]}}
    text = json.dumps(header).encode()
    return list(struct.pack("<Q", len(text)) + text + c + a)


print("// Schedules, clipping and a run of eight steps by PyTorch in double, a file by Python. Made, not written:")
print("//   /usr/bin/python3 tests/oracles/14_training.py > tests/pedagogy/14_training/golden.hpp")
print(f"// with torch {torch.__version__}. The options stand in the script.")
print("#pragma once")
print()
print("// clang-format off")
print("namespace golden {")
print()
show("warmup", rates(lambda o: S.LinearLR(o, start_factor=1 / 4, end_factor=1.0, total_iters=3), 6))
show("cosine", rates(lambda o: S.CosineAnnealingLR(o, T_max=10, eta_min=0.03), 11))
show("warm_cosine", rates(warm_cosine, 20))
show("steps", rates(lambda o: S.StepLR(o, step_size=3, gamma=0.5), 8))
show("clipped", clipped(2.0))  # the norm, w.grad, b.grad
show("trained", run())  # w1 [4, 3], b1, w2 [2, 4], b2
show("file", file_bytes(), "unsigned char")
print()
print("}  // namespace golden")
print("// clang-format on")
