#!/usr/bin/env python3
"""Splits, batches, crops and windows as PyTorch makes them: writes tests/regression/08_oracle.hpp.

    /usr/bin/python3 tests/oracles/08_dataloader.py > tests/regression/08_oracle.hpp
"""
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset, random_split

from golden import Header, waves

fractions = [[0.8, 0.2], [0.7, 0.15, 0.15], [0.29, 0.71], [1 / 3, 1 / 3, 1 / 3]]
with Header(__file__) as header:
    sizes = []
    for n in (1, 2, 3, 7, 10, 11, 99, 100, 101, 997):
        for parts in fractions:
            sizes += [len(part) for part in random_split(range(n), parts)]
    header.numbers("split_sizes", sizes)  # for each n, for each list of fractions, the sizes

    found = []
    for n in (0, 1, 5, 6, 7):
        for batch in (1, 2, 3, 7):
            for drop_last in (False, True):
                found.append(len(DataLoader(range(n), batch_size=batch, drop_last=drop_last)))
    header.numbers("loader_sizes", found)
    data = TensorDataset(waves(1, 5, 2, 3), torch.tensor([4, 0, 3, 1, 2]))
    for number, (x, y) in enumerate(DataLoader(data, batch_size=2)):
        header.golden(f"batch_{number}", x)
        header.numbers(f"batch_{number}_labels", y.tolist())

    image = waves(1, 1, 1, 4, 5)
    header.golden("normalized", (waves(1, 2, 2, 3) - torch.tensor([0.1, -0.2]).reshape(2, 1, 1))
                  / torch.tensor([0.5, 2.0]).reshape(2, 1, 1))
    header.golden("flipped", torch.flip(image[0], [-1]))
    windows = F.unfold(image, 3, padding=1)  # every place where a crop of 3 x 3 may lie
    header.golden("crops", windows[0].t().reshape(-1, 1, 3, 3))

    tokens = torch.tensor([3, 1, 4, 1, 5, 9, 2, 6]).unfold(0, 4, 1)
    header.numbers("window_inputs", tokens[:, :-1].flatten().tolist())
    header.numbers("window_targets", tokens[:, 1:].flatten().tolist())
    sheet = waves(1, 2 * 3, 3 * 2)  # 2 x 3 tiles of 3 x 2 pixels, 5 of which are pictures
    header.golden("tiles", sheet.reshape(2, 3, 3, 2).transpose(1, 2).reshape(6, 1, 3, 2)[:5])
