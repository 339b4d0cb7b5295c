#!/usr/bin/env python3
"""Convolutions, pools, unfold and batch normalisation by PyTorch: writes tests/regression/09_oracle.hpp.

    /usr/bin/python3 tests/oracles/09_convolutions.py > tests/regression/09_oracle.hpp
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from golden import Header, draws, waves, weights

x = waves(1, 2, 2, 5, 4)
wide = waves(1, 1, 4, 5, 4)
with Header(__file__) as header:
    header.case("conv", F.conv2d, x, waves(300, 3, 2, 2, 3), waves(400, 3))
    header.case("conv_strided", lambda *t: F.conv2d(*t, stride=2, padding=1), x, waves(300, 3, 2, 3, 3), waves(400, 3))
    header.case("conv_dilated", lambda *t: F.conv2d(*t, padding=2, dilation=2), x[:, :1], waves(300, 2, 1, 3, 2),
                waves(400, 2))
    header.case("conv_grouped", lambda *t: F.conv2d(*t, stride=2, padding=1, dilation=2, groups=2), wide,
                waves(300, 4, 2, 3, 2), waves(400, 4))
    header.case("conv_depthwise", lambda *t: F.conv2d(*t, padding=1, groups=4), wide, waves(300, 4, 1, 3, 3))
    header.case("unfold", lambda t: F.unfold(t, (2, 3), stride=2, padding=1), x[:1])
    header.case("unfold_dilated", lambda t: F.unfold(t, 2, dilation=3), x[:1, :1])
    header.case("fold", lambda t: F.fold(t, (5, 4), (2, 3), stride=2, padding=1), waves(1, 1, 12, 6))
    header.case("max_pool", lambda t: F.max_pool2d(t, 2), x)
    header.case("max_pool_padded", lambda t: F.max_pool2d(t, 3, stride=2, padding=1), x)
    header.case("max_pool_ties", lambda t: F.max_pool2d(t, 2, stride=1), torch.ones(1, 1, 3, 4))
    header.case("avg_pool", lambda t: F.avg_pool2d(t, 2), x)
    header.case("avg_pool_padded", lambda t: F.avg_pool2d(t, 3, stride=2, padding=1), x)

    w, b = waves(500, 2), waves(600, 2)
    mean, var = waves(700, 2), waves(800, 2).abs() + 0.5
    header.case("batch_norm_eval", lambda x, w, b: F.batch_norm(x, mean, var, w, b), x, w, b)
    layer = nn.BatchNorm2d(2, eps=1e-3, momentum=0.3)
    layer.weight.data, layer.bias.data = w.clone(), b.clone()
    for step in (1, 2):
        images = (step * waves(1000 * step, 2, 2, 3, 2) + step).requires_grad_()
        y = layer(images)
        gradients = torch.autograd.grad((y * weights(y)).sum(), [images, layer.weight, layer.bias])
        header.golden(f"batch_norm_step_{step}", y, gradients)
        header.golden(f"running_mean_{step}", layer.running_mean)
        header.golden(f"running_var_{step}", layer.running_var)
    header.words("batch_norm_names", list(layer.state_dict()))
    with draws() as asked:
        nn.Conv2d(8, 4, 5, groups=2)
    header.numbers("conv_bounds", [high for _, high in asked])  # weight, bias

    # A small network: convolution, batch norm, relu, pool, linear; gradients of all it has
    net = nn.Sequential(nn.Conv2d(2, 3, 3, stride=1, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
                        nn.Flatten(), nn.Linear(12, 2))
    for i, p in enumerate(net.parameters()):
        p.data = waves(100 * i, *p.shape)
    y = net(x)
    header.golden("network", y, torch.autograd.grad((y * weights(y)).sum(), list(net.parameters())))
