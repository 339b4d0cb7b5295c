#!/usr/bin/env python3
"""Layers, dropout's scale and what initialisation draws, by PyTorch: writes tests/regression/05_oracle.hpp.

    /usr/bin/python3 tests/oracles/05_layers.py > tests/regression/05_oracle.hpp

Bounds and standard deviations are those that torch hands to its generator.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from golden import Header, draws, waves, weights

shapes = [(6, 2), (5, 8), (3, 4, 5, 5)]
with Header(__file__) as header:
    x, w, b = waves(1, 2, 3, 4), waves(40, 5, 4), waves(70, 5)
    header.case("linear", F.linear, x, w, b)
    header.case("linear_without_bias", F.linear, x, w)
    header.case("linear_of_a_vector", F.linear, x[0, 0], w, b)

    model = nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Sequential(nn.Linear(3, 3), nn.ReLU()), nn.Linear(3, 2))
    header.words("mlp_names", [name for name, _ in model.named_parameters()])
    for i, p in enumerate(model.parameters()):
        p.data = waves(100 * i, *p.shape)
    x = waves(1000, 3, 4).requires_grad_()
    y = model(x)
    header.golden("mlp", y, torch.autograd.grad((y * weights(y)).sum(), [*model.parameters(), x]))

    x = torch.ones(1000, requires_grad=True)
    y = F.dropout(x, 0.3, training=True)
    y.sum().backward()
    kept = y[y > 0]
    assert (kept == kept[0]).all() and (x.grad == y).all()
    header.numbers("dropout_scale", [kept[0].item()])
    header.golden("dropout_of_all", F.dropout(torch.ones(3), 1.0, training=True))

    gain = nn.init.calculate_gain
    header.numbers("gains", [gain("linear") * 1.0, gain("sigmoid") * 1.0, gain("tanh"), gain("relu"),
                             gain("leaky_relu"), gain("leaky_relu", 0.2)])
    with draws() as asked:
        for shape in shapes:
            t = torch.empty(shape)
            nn.init.xavier_normal_(t)
            nn.init.xavier_uniform_(t, gain=5 / 3)
            nn.init.kaiming_normal_(t)
            nn.init.kaiming_normal_(t, a=0.2, mode="fan_out")
            nn.init.kaiming_normal_(t, nonlinearity="relu")
            nn.init.kaiming_uniform_(t, a=5 ** 0.5)
    header.numbers("drawn", [high for _, high in asked])  # six for each shape: std, bound, std, std, std, bound
    with draws() as asked:
        nn.Linear(784, 128)
    header.numbers("linear_bounds", [high for _, high in asked])  # weight, bias
