#!/usr/bin/env python3
"""What datasets/moby_gpt/moby_gpt.safetensors answers, computed by PyTorch: datasets/moby_gpt/golden.json.

    python3 tests/oracles/13_moby_gpt.py          (Debian: apt-get install python3-torch; 1.13.1 was used)

Nothing of this repository computes here: the file is read with struct and json, and the model is written with
torch.nn.functional as GPT-2's paper and nanoGPT's model.py describe it. The text that the model writes greedily
is part of the answer: one wrong number early on, and it goes another way.
"""
import json
import pathlib
import struct

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "moby_gpt"
HEADS, LAYERS, BLOCK = 4, 4, 128
PROMPT = "Call me Ishmael."


def read_safetensors(path):
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        assert entry["dtype"] == "F32", name
        begin, end = (8 + size + n for n in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32)
        tensors[name] = flat.reshape(entry["shape"]).double()
    return tensors


def forward(w, ids):
    """ids: a list -> logits [T, V], in double."""
    x = w["transformer.wte.weight"][ids] + w["transformer.wpe.weight"][: len(ids)]
    T, C = x.shape
    hidden = torch.full((T, T), float("-inf"), dtype=torch.float64).triu(1)
    for layer in range(LAYERS):
        p = lambda name: w[f"transformer.h.{layer}.{name}"]
        n = F.layer_norm(x, (C,), p("ln_1.weight"), p("ln_1.bias"))
        q, k, v = F.linear(n, p("attn.c_attn.weight"), p("attn.c_attn.bias")).split(C, dim=-1)
        q, k, v = (t.reshape(T, HEADS, C // HEADS).transpose(0, 1) for t in (q, k, v))
        weights = torch.softmax(q @ k.transpose(1, 2) / (C // HEADS) ** 0.5 + hidden, dim=-1)
        found = (weights @ v).transpose(0, 1).reshape(T, C)
        x = x + F.linear(found, p("attn.c_proj.weight"), p("attn.c_proj.bias"))
        n = F.layer_norm(x, (C,), p("ln_2.weight"), p("ln_2.bias"))
        h = F.linear(n, p("mlp.c_fc.weight"), p("mlp.c_fc.bias"))
        h = 0.5 * h * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (h + 0.044715 * h**3)))
        x = x + F.linear(h, p("mlp.c_proj.weight"), p("mlp.c_proj.bias"))
    x = F.layer_norm(x, (C,), w["transformer.ln_f.weight"], w["transformer.ln_f.bias"])
    return x @ w["transformer.wte.weight"].T


def encode(text, merges):
    """The ids of a text by the merges of tokenizer.json, word by word of GPT-2's pattern for plain English."""
    import re

    ranks = {tuple(pair): i for i, pair in enumerate(merges)}
    ids = []
    for word in re.findall(r"'(?:[stmd]|re|ve|ll)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+", text):
        tokens = list(word.encode())
        while True:
            pairs = [(ranks.get(pair, len(ranks)), pair) for pair in zip(tokens, tokens[1:])]
            best = min(pairs, default=(len(ranks), None))
            if best[0] == len(ranks):
                break
            merged, i = [], 0
            while i < len(tokens):
                if tuple(tokens[i : i + 2]) == best[1]:
                    merged.append(256 + best[0])
                    i += 2
                else:
                    merged.append(tokens[i])
                    i += 1
            tokens = merged
        ids += tokens
    return ids


def main():
    weights = read_safetensors(FOLDER / "moby_gpt.safetensors")
    merges = json.loads((FOLDER / "tokenizer.json").read_text())["merges"]
    prompt = encode(PROMPT, merges)
    logits = forward(weights, prompt)
    ids = list(prompt)
    for _ in range(40):
        ids.append(int(forward(weights, ids)[-1].argmax()))
    golden = {
        "origin": f"tests/oracles/13_moby_gpt.py, torch {torch.__version__}, in double",
        "prompt": PROMPT,
        "ids": prompt,
        "logits": [[round(float(x), 5) for x in logits[t]] for t in (0, len(prompt) - 1)],
        "positions": [0, len(prompt) - 1],
        "greedy": ids[len(prompt) :],
    }
    (FOLDER / "golden.json").write_text(json.dumps(golden) + "\n")
    print(len(prompt), "tokens of the prompt, 40 more:", golden["greedy"])


if __name__ == "__main__":
    main()
