#!/usr/bin/env python3
"""Layer normalisation, RMSNorm, SwiGLU, a small GPT and a small Llama by PyTorch: writes
tests/pedagogy/13_transformers/golden.hpp.

    /usr/bin/python3 tests/oracles/13_transformers.py > tests/pedagogy/13_transformers/golden.hpp

The models are written out here from the papers and from openai/gpt-2 and meta-llama/llama, with torch's own
functions wherever it has one. Weights come from a formula of the tensor's place in the list and of the element's
place in the tensor, so that both sides have the same ones. All in double.
"""
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def numbers(k, shape, shift=0.0):
    n = math.prod(shape)
    return torch.tensor([((7 * i + 5 * k) % 11 - 5) / 16 + shift for i in range(n)]).reshape(shape)


def show(name, t):
    flat = ", ".join(f"{x:.9g}" for x in t.detach().reshape(-1).tolist())
    shape = ", ".join(str(n) for n in t.shape)
    print(f"inline tt_test::Values {name}() {{\n  return tt_test::values({{{flat}}}, {{{shape}}});\n}}")


def heads(t, h):  # [B, T, C] -> [B, H, T, d]
    b, n, c = t.shape
    return t.reshape(b, n, h, c // h).transpose(1, 2)


def attend(q, k, v):
    n = q.shape[-2]
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    scores = scores.masked_fill(torch.ones(n, n).tril() == 0, -math.inf)
    out = torch.softmax(scores, -1) @ v
    return out.transpose(1, 2).flatten(2)


print("// Numbers by PyTorch 1.13, in double: made by tests/oracles/13_transformers.py, which says how.")
print("// clang-format off")
print("#pragma once\n#include \"tensor_close.hpp\"\n\nnamespace golden {\n")

# layer_norm: x [2, 2, 4]; loss = sum(y * g)
x = (numbers(1, (2, 2, 4)) * 8).requires_grad_()
w = numbers(2, (4,), 1.0).requires_grad_()
b = numbers(3, (4,)).requires_grad_()
g = numbers(4, (2, 2, 4))
y = F.layer_norm(x, (4,), w, b, 1e-5)
(y * g).sum().backward()
for name, t in (("ln_x", x), ("ln_weight", w), ("ln_bias", b), ("ln_g", g), ("ln_y", y),
                ("ln_dx", x.grad), ("ln_dweight", w.grad), ("ln_dbias", b.grad)):
    show(name, t)

# RMSNorm and SwiGLU
x = numbers(5, (2, 4)) * 4
show("rms_x", x)
show("rms_y", x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-5) * w)
w1, w2, w3 = numbers(1, (3, 4)), numbers(2, (4, 3)), numbers(3, (3, 4))
show("swiglu_y", F.linear(F.silu(F.linear(x, w1)) * F.linear(x, w3), w2))

# GPT-2's feed-forward: 1.13 has gelu(approximate="tanh")
f1, c1, f2, c2 = numbers(1, (8, 4)), numbers(2, (8,)), numbers(3, (4, 8)), numbers(4, (4,))
show("feed_forward_y", F.linear(F.gelu(F.linear(x * 4, f1, c1), approximate="tanh"), f2, c2))

# GPT: V 7, block_size 6, 2 layers, 2 heads, C 4
V, T, L, H, C = 7, 6, 2, 2, 4
names = [("wte", (V, C)), ("wpe", (T, C))]
for i in range(L):
    names += [(f"{i}.ln_1.w", (C,)), (f"{i}.ln_1.b", (C,)), (f"{i}.attn.w", (3 * C, C)), (f"{i}.attn.b", (3 * C,)),
              (f"{i}.proj.w", (C, C)), (f"{i}.proj.b", (C,)), (f"{i}.ln_2.w", (C,)), (f"{i}.ln_2.b", (C,)),
              (f"{i}.fc.w", (4 * C, C)), (f"{i}.fc.b", (4 * C,)), (f"{i}.out.w", (C, 4 * C)), (f"{i}.out.b", (C,))]
names += [("ln_f.w", (C,)), ("ln_f.b", (C,))]
P = {n: numbers(k, s).requires_grad_() for k, (n, s) in enumerate(names)}
ids = torch.tensor([[1, 2, 3, 4, 5], [6, 0, 6, 0, 6]])
nxt = torch.tensor([[2, 3, 4, 5, 6], [0, 6, 0, 6, 0]])
h = F.embedding(ids, P["wte"]) + P["wpe"][:ids.shape[1]]
for i in range(L):
    a = F.layer_norm(h, (C,), P[f"{i}.ln_1.w"], P[f"{i}.ln_1.b"])
    q, k, v = F.linear(a, P[f"{i}.attn.w"], P[f"{i}.attn.b"]).split(C, -1)
    h = h + F.linear(attend(heads(q, H), heads(k, H), heads(v, H)), P[f"{i}.proj.w"], P[f"{i}.proj.b"])
    a = F.layer_norm(h, (C,), P[f"{i}.ln_2.w"], P[f"{i}.ln_2.b"])
    m = F.gelu(F.linear(a, P[f"{i}.fc.w"], P[f"{i}.fc.b"]), approximate="tanh")
    h = h + F.linear(m, P[f"{i}.out.w"], P[f"{i}.out.b"])
logits = F.linear(F.layer_norm(h, (C,), P["ln_f.w"], P["ln_f.b"]), P["wte"])
loss = F.cross_entropy(logits.reshape(-1, V), nxt.reshape(-1))
loss.backward()
show("gpt_logits", logits)
show("gpt_loss", loss)
show("gpt_dwte", P["wte"].grad)
show("gpt_dwpe", P["wpe"].grad)
show("gpt_dattn", P["0.attn.b"].grad)

# Llama: V 7, 1 layer, 4 heads, 2 of keys and values, C 8, hidden 6
V, L, H, K, C, D = 7, 1, 4, 2, 8, 6
d = C // H
wte, n1 = numbers(0, (V, C)), numbers(1, (C,), 1.0)
wq, wk, wv, wo = (numbers(2, ((H + 2 * K) * d, C))[:H * d], numbers(2, ((H + 2 * K) * d, C))[H * d:(H + K) * d],
                  numbers(2, ((H + 2 * K) * d, C))[(H + K) * d:], numbers(3, (C, C)))
n2, w1, w2, w3, nf = (numbers(4, (C,), 1.0), numbers(5, (D, C)), numbers(6, (C, D)), numbers(7, (D, C)),
                      numbers(8, (C,), 1.0))


def rms(t, weight):
    return t / torch.sqrt((t * t).mean(-1, keepdim=True) + 1e-5) * weight


def rope(t):  # [B, H, T, d], by complex numbers as in Llama's own code
    n, width = t.shape[-2:]
    freqs = 10000.0 ** (-torch.arange(0, width, 2) / width)
    angles = torch.outer(torch.arange(n).double(), freqs)
    turned = torch.view_as_complex(t.reshape(*t.shape[:-1], -1, 2).contiguous()) * torch.polar(
        torch.ones_like(angles), angles)
    return torch.view_as_real(turned).flatten(-2)


h = F.embedding(ids, wte)
a = rms(h, n1)
q, k, v = heads(a @ wq.T, H), heads(a @ wk.T, K), heads(a @ wv.T, K)
q, k = rope(q), rope(k)
k, v = k.repeat_interleave(H // K, 1), v.repeat_interleave(H // K, 1)
h = h + attend(q, k, v) @ wo.T
a = rms(h, n2)
h = h + (F.silu(a @ w1.T) * (a @ w3.T)) @ w2.T
show("llama_logits", rms(h, nf) @ wte.T)
print("\n}  // namespace golden")
