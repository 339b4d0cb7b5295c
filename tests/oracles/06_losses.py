#!/usr/bin/env python3
"""Losses and their gradients by PyTorch: writes tests/regression/06_oracle.hpp.

    /usr/bin/python3 tests/oracles/06_losses.py > tests/regression/06_oracle.hpp
"""
import torch
import torch.nn.functional as F

from golden import Header, waves

x, y = waves(1, 2, 3), waves(50, 2, 3)
scores = 3 * waves(1, 4, 5)
labels = torch.tensor([2, 0, 4, 2])
pixels = 2 * waves(9, 2, 3, 2, 2)
pixel_labels = torch.tensor([[[0, 2], [1, 1]], [[2, 0], [0, 1]]])
shares = torch.softmax(waves(77, 4, 5), 1)
with Header(__file__) as header:
    for reduction in ("none", "mean", "sum"):
        how = {"reduction": reduction}
        header.case(f"mse_{reduction}", lambda a, b: F.mse_loss(a, b, **how), x, y)
        header.case(f"l1_{reduction}", lambda a, b: F.l1_loss(a, b, **how), x, y)
        header.case(f"bce_{reduction}",
                    lambda z: F.binary_cross_entropy_with_logits(5 * z, torch.sigmoid(y), **how), x)
        header.case(f"nll_{reduction}", lambda z: F.nll_loss(z, labels, ignore_index=0, **how), scores)
        header.case(f"cross_entropy_{reduction}", lambda z: F.cross_entropy(z, labels, **how), scores)
        header.case(f"cross_entropy_ignored_{reduction}",
                    lambda z: F.cross_entropy(z, labels, ignore_index=2, label_smoothing=0.1, **how), scores)
        header.case(f"cross_entropy_shares_{reduction}",
                    lambda z: F.cross_entropy(z, shares, label_smoothing=0.2, **how), scores)
        header.case(f"cross_entropy_pixels_{reduction}",
                    lambda z: F.cross_entropy(z, pixel_labels, ignore_index=1, **how), pixels)
    header.case("l1_where_equal", lambda a, b: F.l1_loss(a, b, reduction="sum"), torch.tensor([1.0, 2, 3]),
                torch.tensor([1.0, 5, 0]))
    z = torch.tensor([-200.0, -30, 0, 30, 200])
    for target in (0.0, 0.5, 1.0):
        header.case(f"bce_extreme_{int(10 * target)}", lambda t: F.binary_cross_entropy_with_logits(
            t, torch.full((5,), target), reduction="none"), z)
    header.case("bce_targets", lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="sum"),
                x, torch.sigmoid(y))
    header.case("cross_entropy_of_a_vector", lambda z: F.cross_entropy(z, torch.tensor(3)), scores[1])
    header.case("all_ignored", lambda z: F.cross_entropy(z, torch.tensor([7, 7]), ignore_index=7, reduction="sum"),
                scores[:2])
    header.case("logsumexp", lambda t: torch.logsumexp(t, 1), scores)
    header.case("logsumexp_large", lambda t: torch.logsumexp(t, 0, keepdim=True), 1000 * waves(1, 3, 2))
