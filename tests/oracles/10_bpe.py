#!/usr/bin/env python3
"""Byte pair encoding in the plainest way: writes tests/pedagogy/10_tokenization/bpe_golden.hpp.

    python3 tests/oracles/10_bpe.py > tests/pedagogy/10_tokenization/bpe_golden.hpp

Strings instead of ids, everything counted anew for each merge, words cut by Python's re (the text is ASCII): nothing
is shared with the framework but the definition. Ties go to the pair that is smaller as ids.
"""
import collections
import os
import re

PATTERN = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
MERGES = 120


def words_of(text):
    return PATTERN.findall(text)


def join(word, pair):
    out, i = [], 0
    while i < len(word):
        if tuple(word[i:i + 2]) == pair:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


def train(text, count):
    corpus = [list(w) for w in words_of(text)]
    ids = {chr(b): b for b in range(256)}
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word in corpus:
            pairs.update(zip(word, word[1:]))
        best = min(pairs, key=lambda p: (-pairs[p], ids[p[0]], ids[p[1]]))
        if pairs[best] < 2:
            break
        merges.append(best)
        assert best[0] + best[1] not in ids
        ids[best[0] + best[1]] = 256 + len(merges) - 1
        corpus = [join(word, best) for word in corpus]
    return merges, ids


def encode(text, merges, ids):
    out = []
    for word in words_of(text):
        tokens = list(word)
        for pair in merges:  # in the order in which they were learned
            tokens = join(tokens, pair)
        out += [ids[t] for t in tokens]
    return out


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


moby = open(os.path.join(ROOT, "datasets", "moby", "moby.txt")).read()
begin = moby.index("Call me Ishmael. Some")
text = moby[begin:begin + 2000]
other = "It's a way I have: sailing 300 miles, driving off the spleen and a damp, drizzly November.\n\n  Ahab!"
merges, ids = train(text, MERGES)
print(f"""// {MERGES} merges learned from the beginning of Moby Dick (datasets/moby), and the ids of another text, by another
// implementation. Made by tests/oracles/10_bpe.py; not edited by hand.
#pragma once

namespace tt_test {{

// clang-format off
inline constexpr const char* bpe_text =""")
lines = re.findall(r"(?s).{1,90}", text)
print("\n".join("    " + quote(line) for line in lines) + ";\n")
print("// left right, left right, ...\ninline constexpr const char* bpe_merges =")
rows = [f"{ids[a]} {ids[b]}" for a, b in merges]
print("\n".join('    "' + ", ".join(rows[i:i + 10]) + (", " if i + 10 < len(rows) else "") + '"'
                for i in range(0, len(rows), 10)) + ";\n")
print("inline constexpr const char* bpe_other_text =\n    " + quote(other) + ";")
numbers = " ".join(map(str, encode(other, merges, ids)))
print("inline constexpr const char* bpe_other_ids =")
pieces = re.findall(r".{1,88}(?: |$)", numbers)
print("\n".join('    "' + p + '"' for p in pieces) + ";\n// clang-format on\n\n}  // namespace tt_test")
