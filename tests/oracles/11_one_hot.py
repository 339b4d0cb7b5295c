#!/usr/bin/env python3
"""What 11_embeddings.py leaves out, by PyTorch: writes tests/regression/11_oracle.hpp.

    /usr/bin/python3 tests/oracles/11_one_hot.py > tests/regression/11_oracle.hpp
"""
import torch
import torch.nn.functional as F

from golden import Header, waves

ids = torch.tensor([[4, 0, 4], [1, 4, 0]])
with Header(__file__) as header:
    header.golden("one_hot", F.one_hot(ids, 5).double())
    header.case("repeated_ids", lambda w: F.embedding(ids, w), waves(1, 5, 3))
    header.case("embedded_and_placed", lambda w, p: F.embedding(ids, w) + p[1:4], waves(1, 5, 4), waves(90, 6, 4))
