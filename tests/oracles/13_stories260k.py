#!/usr/bin/env python3
"""The story that stories260K tells greedily, computed with numpy: tests/milestones/05c_stories/story.json.

    python3 tests/oracles/13_stories260k.py FOLDER      (Debian: apt-get install python3-numpy; 1.24.2 was used)

FOLDER holds stories260K.bin and tok512.bin; datasets/catalogue.json says where they come from. Nothing of this
repository computes here: the model is written as Touvron et al. 2023 (arXiv:2302.13971) describe it, without a
cache, in double; the layout of the files is that of llama2.c's export.py and tokenizer.py. One wrong number early
on, and the story goes another way.
"""
import json
import pathlib
import re
import struct
import sys

import numpy as np

OUT = pathlib.Path(__file__).resolve().parents[1] / "milestones" / "05c_stories" / "story.json"
BEGIN = 1  # the token before a text; the model says it when a story has ended


class Llama:
    def __init__(self, path):
        data = path.read_bytes()
        fields = ("dim", "hidden", "layers", "heads", "kv_heads", "vocab", "length")
        self.__dict__.update(zip(fields, struct.unpack("<7i", data[:28])))
        numbers = np.frombuffer(data, "<f4", offset=28).astype(float)
        at = 0

        def take(*shape):
            nonlocal at
            count = int(np.prod(shape))
            at += count
            return numbers[at - count : at].reshape(shape)

        n, c, head = self.layers, self.dim, self.dim // self.heads
        self.table = take(self.vocab, c)
        self.norm1 = take(n, c)
        self.wq = take(n, c, c)
        self.wk = take(n, self.kv_heads * head, c)
        self.wv = take(n, self.kv_heads * head, c)
        self.wo = take(n, c, c)
        self.norm2 = take(n, c)
        self.w1 = take(n, self.hidden, c)
        self.w2 = take(n, c, self.hidden)
        self.w3 = take(n, self.hidden, c)
        self.norm = take(c)
        take(2, self.length, head // 2)  # cosines and sines: they are computed below
        assert at == numbers.size, (at, numbers.size)

    def logits(self, ids):
        """Of the token that follows the last."""
        T, head = len(ids), self.dim // self.heads
        angles = np.outer(np.arange(T), 10000.0 ** (-np.arange(0, head, 2) / head))  # [T, d/2]
        turn = np.exp(1j * angles)

        def heads(x, count):  # [T, count * d] -> [count, T, d]
            return x.reshape(T, count, head).transpose(1, 0, 2)

        def rope(x):  # pairs of neighbours, as complex numbers
            turned = (x[..., 0::2] + 1j * x[..., 1::2]) * turn
            return np.stack([turned.real, turned.imag], -1).reshape(x.shape)

        def rms(x, weight):
            return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5) * weight

        x = self.table[ids]
        for i in range(self.layers):
            n = rms(x, self.norm1[i])
            q = rope(heads(n @ self.wq[i].T, self.heads))
            k = rope(heads(n @ self.wk[i].T, self.kv_heads)).repeat(self.heads // self.kv_heads, axis=0)
            v = heads(n @ self.wv[i].T, self.kv_heads).repeat(self.heads // self.kv_heads, axis=0)
            scores = q @ k.transpose(0, 2, 1) / np.sqrt(head)
            scores[:, np.triu(np.ones((T, T), bool), 1)] = -np.inf
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            x = x + (weights @ v).transpose(1, 0, 2).reshape(T, self.dim) @ self.wo[i].T
            n = rms(x, self.norm2[i])
            gate = n @ self.w1[i].T
            x = x + (gate / (1 + np.exp(-gate)) * (n @ self.w3[i].T)) @ self.w2[i].T
        return rms(x[-1], self.norm) @ self.table.T


def read_pieces(path):
    data, at, pieces = path.read_bytes(), 4, []
    while at < len(data):
        (size,) = struct.unpack_from("<i", data, at + 4)  # a score stands before it
        piece = data[at + 8 : at + 8 + size]
        byte = re.fullmatch(rb"<0x([0-9A-F]{2})>", piece)
        pieces.append(bytes([int(byte[1], 16)]) if byte else piece)
        at += 8 + size
    return pieces


def main():
    folder = pathlib.Path(sys.argv[1])
    model, pieces = Llama(folder / "stories260K.bin"), read_pieces(folder / "tok512.bin")
    ids, margin = [BEGIN], np.inf
    while len(ids) < model.length:
        second, first = np.sort(scores := model.logits(ids))[-2:]
        margin = min(margin, first - second)
        ids.append(int(scores.argmax()))
        if ids[-1] == BEGIN:
            break
    ids = ids[1:-1] if ids[-1] == BEGIN else ids[1:]
    text = b"".join(pieces[i] for i in ids).decode().removeprefix(" ")
    golden = {"origin": f"tests/oracles/13_stories260k.py, numpy {np.__version__}, in double", "ids": ids, "text": text}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(golden) + "\n")
    print(f"{len(ids)} tokens; the likeliest is ahead of the next by {margin:.4f} at least\n{text}")


if __name__ == "__main__":
    main()
