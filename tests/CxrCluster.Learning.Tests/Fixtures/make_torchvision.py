#!/usr/bin/python3
"""Writes torchvision_names.json and torchvision_outputs.json: the oracle for our ResNets.

Needs Debian's python3-torchvision (0.14). Weights and input come from a formula that the test repeats, so that outputs
can be compared without storing weights: element i of the tensor at position k of the sorted names is
u(i, k) = ((i * 2654435761 + k * 40503 + 12345) mod 2^32) / 2^32.
"""
import json
import pathlib

import numpy
import torch
import torchvision

HERE = pathlib.Path(__file__).parent
EMBEDDING, SIDE = 128, 64


def u(count, k):
    i = numpy.arange(count, dtype=numpy.uint64)
    mixed = (i * numpy.uint64(2654435761) + numpy.uint64(k * 40503 + 12345)) % numpy.uint64(2**32)
    return mixed.astype(numpy.float64) / 2**32


def value(name, shape, k):
    raw = u(int(numpy.prod(shape)), k)
    if name.endswith("running_var"):
        raw = 0.5 + raw
    elif name.endswith("running_mean") or name.endswith("bias"):
        raw = 0.2 * (raw - 0.5)
    elif len(shape) == 1:  # the normalisation's scale
        raw = 0.2 + 0.4 * raw
    else:  # uniform of variance 2 / fan-in
        raw = (raw - 0.5) * numpy.sqrt(24.0 / numpy.prod(shape[1:]))
    return torch.from_numpy(raw.astype(numpy.float32)).reshape(shape)


class Head(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        sizes = [features, 512, EMBEDDING, 2]
        self.head = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        embedding = self.head[1](self.head[0](x).relu()).relu()
        return self.head[2](embedding), embedding


names, outputs = {}, {}
for arch in ("resnet34", "resnet50", "resnet152"):
    net = getattr(torchvision.models, arch)()
    head = Head(net.fc.in_features)
    net.fc = torch.nn.Identity()
    state = net.state_dict()
    names[arch] = {name: list(tensor.shape) for name, tensor in sorted(state.items())}
    if arch == "resnet152":
        continue
    for k, name in enumerate(sorted([*state, *head.state_dict()])):
        own = state if name in state else head.state_dict()
        if not name.endswith("num_batches_tracked"):
            own[name].copy_(value(name, tuple(own[name].shape), k))
    pixels = u(2 * 3 * SIDE * SIDE, 999).reshape(2, -1)
    pixels[1] **= 8  # a second image that differs visibly from the first
    x = torch.from_numpy(pixels.astype(numpy.float32)).reshape(2, 3, SIDE, SIDE)
    with torch.no_grad():
        logits, embedding = head(net.eval()(x))
    outputs[arch] = {"logits": logits.flatten().tolist(), "embedding": embedding.flatten().tolist()}
    print(arch, logits, embedding.abs().mean())

(HERE / "torchvision_names.json").write_text(json.dumps(names, separators=(",", ":")) + "\n")
(HERE / "torchvision_outputs.json").write_text(json.dumps(outputs, separators=(",", ":")) + "\n")
