#!/usr/bin/python3
"""The oracle for our classifiers is torchvision itself (Debian's python3-torchvision, 0.14).

  make_torchvision.py                   writes torchvision_names.json and torchvision_outputs.json beside itself
  make_torchvision.py export ARCH DIR   writes DIR/outputs.json and the backbone's weights as torch.save files:
                                        DIR/zip.pth, and DIR/legacy.pth as old checkpoints have them

Weights and input come from a formula that the tests repeat, so that outputs can be compared without storing weights:
element i of the tensor at position k of the sorted names (backbone and our head) is made of
u(i, k) = fmix32((i * 2654435761 + k * 40503 + 12345) mod 2^32) / 2^32, where fmix32 is the end of MurmurHash3.
"""
import json
import pathlib
import re
import sys

import numpy
import torch
import torchvision

HERE = pathlib.Path(__file__).parent
ARCHITECTURES = ("resnet34", "resnet50", "resnet152", "vgg16", "densenet121")
EMBEDDING, SIDE = 128, 64
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def u(count, k):
    h = numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(2654435761) + numpy.uint32(k * 40503 + 12345)
    h = (h ^ (h >> numpy.uint32(16))) * numpy.uint32(0x85EBCA6B)
    h = (h ^ (h >> numpy.uint32(13))) * numpy.uint32(0xC2B2AE35)
    return (h ^ (h >> numpy.uint32(16))).astype(numpy.float64) / 2**32


def value(name, shape, k):
    raw = u(int(numpy.prod(shape)), k)
    if name.endswith("running_var"):
        raw = 0.5 + raw
    elif name.endswith("running_mean") or name.endswith("bias"):
        raw = 0.2 * (raw - 0.5)
    elif len(shape) == 1:  # a normalisation's scale: small in ResNets, whose blocks add up
        raw = (0.8 if name.startswith("features") else 0.5) + 0.4 * raw
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


def backbone(arch):
    """The network without its classifier, and how many features it gives: means over all positions."""
    net = getattr(torchvision.models, arch)()
    if arch.startswith("resnet"):
        features, net.fc = net.fc.in_features, torch.nn.Identity()
    elif arch.startswith("vgg"):
        features, net.avgpool, net.classifier = 512, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Identity()
    else:
        features, net.classifier = net.classifier.in_features, torch.nn.Identity()
    return net.eval(), features


def first_layer(net):
    """The layers whose response to a grey image first-layer surgery must keep."""
    if hasattr(net, "conv1"):
        return torch.nn.Sequential(net.conv1, net.bn1)
    return net.features[:2] if hasattr(net.features, "norm0") else net.features[:1]


def run(arch):
    net, features = backbone(arch)
    head = Head(features)
    state = net.state_dict()
    for k, name in enumerate(sorted([*state, *head.state_dict()])):
        own = state if name in state else head.state_dict()
        if not name.endswith("num_batches_tracked"):
            own[name].copy_(value(name, tuple(own[name].shape), k))
    pixels = u(2 * 3 * SIDE * SIDE, 999).reshape(2, -1)
    pixels[1] **= 8  # a second image that differs visibly from the first
    x = torch.from_numpy(pixels.astype(numpy.float32)).reshape(2, 3, SIDE, SIDE)
    normalise = torchvision.transforms.Normalize(MEAN, DEVIATION)
    with torch.no_grad():
        logits, embedding = head(net(x))
        grey = first_layer(net)(normalise(x[:1, :1].expand(1, 3, SIDE, SIDE)))
    middle = grey.shape[-1] // 2
    print(arch, logits.tolist(), "apart", float((embedding[0] - embedding[1]).abs().max() / embedding.abs().max()))
    outputs = {
        "logits": logits.flatten().tolist(),
        "embedding": embedding.flatten().tolist(),
        "grey": grey[0, :, middle, middle].tolist(),
    }
    return state, outputs


def export(arch, folder):
    state, outputs = run(arch)
    (folder / "outputs.json").write_text(json.dumps(outputs))
    classifier = "fc" if arch.startswith("resnet") else "classifier.6" if arch == "vgg16" else "classifier"
    state[f"{classifier}.weight"], state[f"{classifier}.bias"] = torch.rand(1000, 8), torch.rand(1000)
    torch.save(state, folder / "zip.pth")
    # as files before 2018 have it: no batch counts, "norm.1" for "norm1"; as DataParallel has it: "module."
    old = {re.sub(r"(denselayer\d+\.(?:norm|conv))([12])", r"\1.\2", name): tensor for name, tensor in state.items()}
    old = {f"module.{name}": tensor for name, tensor in old.items() if "num_batches" not in name}
    torch.save({"epoch": 3, "state_dict": old}, folder / "legacy.pth", _use_new_zipfile_serialization=False)


if sys.argv[1:2] == ["export"]:
    export(sys.argv[2], pathlib.Path(sys.argv[3]))
else:
    names, outputs = {}, {}
    for arch in ARCHITECTURES:
        state, outputs[arch] = run(arch)
        names[arch] = {name: list(tensor.shape) for name, tensor in sorted(state.items())}
    (HERE / "torchvision_names.json").write_text(json.dumps(names, separators=(",", ":")) + "\n")
    (HERE / "torchvision_outputs.json").write_text(json.dumps(outputs, separators=(",", ":")) + "\n")
