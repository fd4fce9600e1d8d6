"""Writes a model of PyTorch as NAME.safetensors and NAME.json, for `npm run bake`.

    from export_torch import ARTICLE, export
    export("mine", ARTICLE, model.perceive, [model.hidden, model.output])

    npm run bake -- mine.safetensors --spec mine.json --out mine.ktx2

Needs torch and safetensors. SPECIFICATION.md, one folder up, describes the format.
"""

import json

from safetensors.torch import save_file

# The seed's colours of the digits 0 to 9.
COLORS = [
    [128, 0, 0], [230, 25, 75], [70, 240, 240], [210, 245, 60], [250, 190, 190],
    [170, 110, 40], [170, 255, 195], [165, 163, 159], [0, 128, 128], [128, 128, 0],
]  # fmt: skip

# The rule of the Distill article on a depthwise perception; change what is different in yours.
ARTICLE = {
    "version": 1,
    "name": "mine",
    "description": "Trained with PyTorch.",
    "classes": [{"name": str(digit), "color": color} for digit, color in enumerate(COLORS)],
    "channels": {"count": 16, "ink": 0, "firstLogit": 6},
    "perceive": {"kind": "depthwise3x3", "filters": 4, "activation": "none"},
    "update": [
        {"kind": "dense", "units": 64, "activation": "relu"},
        {"kind": "dense", "units": 15, "activation": "none"},
    ],
    "step": {"size": 1, "dropout": 0.5, "dropoutScaling": "none", "noise": 0},
    "life": {"rule": "own-ink", "inkThreshold": 0.1, "dead": "freeze"},
    "classification": {"inkThreshold": 0.1, "undecidedBelow": 0.01},
}


def export(path, specification, perceive, layers):
    """Writes PATH.safetensors and PATH.json.

    Args:
        path: where to, without an ending.
        specification: a dictionary such as ARTICLE.
        perceive: the Conv2d that perceives, weight [P, C, 3, 3]; depthwise with
            groups=C, weight [C M, 1, 3, 3].
        layers: the 1 x 1 layers behind it, Conv2d or Linear, the last one last.
    """
    # PyTorch has outputs before inputs, and both before the 3 x 3; here they come last.
    kernel = perceive.weight.detach().permute(2, 3, 1, 0)
    if specification["perceive"]["kind"] == "depthwise3x3":
        # Output c M + m is filter m of channel c.
        kernel = kernel.reshape(3, 3, specification["channels"]["count"], -1)
    tensors = {"perceive.kernel": kernel}
    for index, layer in enumerate(layers):
        # A 1 x 1 convolution, [units, inputs, 1, 1], is a dense layer, [inputs, units] here.
        tensors[f"update.{index}.kernel"] = layer.weight.detach().flatten(1).T
        tensors[f"update.{index}.bias"] = layer.bias.detach()
    if perceive.bias is not None:
        bias = perceive.bias.detach()
        if specification["perceive"]["kind"] == "conv3x3":
            tensors["perceive.bias"] = bias
        elif specification["perceive"]["activation"] == "none":
            # A depthwise perception has no bias here; the layer behind it takes it over.
            tensors["update.0.bias"] = tensors["update.0.bias"] + bias @ tensors["update.0.kernel"]
        else:
            raise ValueError("A depthwise perception with a bias and an activation cannot be written.")
    save_file({name: value.float().contiguous() for name, value in tensors.items()}, f"{path}.safetensors")
    with open(f"{path}.json", "w") as file:
        json.dump(specification, file, indent=2)
