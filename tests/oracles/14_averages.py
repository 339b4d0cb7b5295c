#!/usr/bin/env python3
"""What 14_training.py leaves out, by PyTorch: writes tests/regression/14_oracle.hpp.

    /usr/bin/python3 tests/oracles/14_averages.py > tests/regression/14_oracle.hpp
"""
import math

import torch
import torch.nn.functional as F

from golden import Header, rates, waves

S = torch.optim.lr_scheduler


with Header(__file__) as header:
    scores, labels = waves(1, 2, 4, 3), torch.tensor([[1, 2, 0, 1], [0, 0, 2, 1]])
    header.numbers("share_right", [(scores.argmax(-1) == labels).double().mean().item()])
    counted = labels != 1
    header.numbers("share_right_of_counted", [(scores.argmax(-1) == labels)[counted].double().mean().item()])
    mean = F.cross_entropy(scores.reshape(8, 3), labels.reshape(8))
    header.numbers("perplexity_of", [mean.item(), math.exp(mean.item())])

    for limit in (0.5, 100.0):
        p = [torch.zeros(2, 3, requires_grad=True), torch.zeros(4, requires_grad=True)]
        p[0].grad, p[1].grad = waves(1, 2, 3), waves(50, 4)
        norm = torch.nn.utils.clip_grad_norm_(p, limit)
        header.golden(f"clipped_{int(limit)}", norm, [p[0].grad, p[1].grad])

    header.numbers("stepped", rates(lambda o: S.StepLR(o, step_size=2, gamma=0.1), 9))
    header.numbers("warmed", rates(lambda o: S.LinearLR(o, start_factor=1 / 5, total_iters=4), 8))
    header.numbers("along_a_cosine", rates(lambda o: S.CosineAnnealingLR(o, T_max=7, eta_min=0.01), 8))
