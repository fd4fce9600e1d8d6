"""Writes a model of CAX, or of flax's nnx, as NAME.safetensors and NAME.json, for `npm run bake`.

    from export_jax import NOTEBOOK, export
    export("mine", NOTEBOOK, cs.perceive.conv, cs.update.layers)

    npm run bake -- mine.safetensors --spec mine.json --out mine.ktx2

Needs numpy and safetensors. SPECIFICATION.md, one folder up, describes the format.
"""

import json

import numpy as np
from safetensors.numpy import save_file

# The seed's colours of the digits 0 to 9.
COLORS = [
    [128, 0, 0], [230, 25, 75], [70, 240, 240], [210, 245, 60], [250, 190, 190],
    [170, 110, 40], [170, 255, 195], [165, 163, 159], [0, 128, 128], [128, 128, 0],
]  # fmt: skip

# The CAX notebook "Self-classifying MNIST Digits"; change what is different in yours.
NOTEBOOK = {
    "version": 1,
    "name": "mine",
    "description": "Trained with CAX.",
    "classes": [{"name": str(digit), "color": color} for digit, color in enumerate(COLORS)],
    "channels": {"count": 20, "ink": 19, "firstLogit": 0},
    "perceive": {"kind": "conv3x3", "features": 80, "activation": "relu"},
    "update": [
        {"kind": "dense", "units": 80, "activation": "relu"},
        {"kind": "dense", "units": 20, "activation": "none"},
    ],
    "step": {"size": 1, "dropout": 0.5, "dropoutScaling": "inverted", "noise": 0},
    "life": {"rule": "ink-halo", "inkThreshold": 0.1, "dead": "zero"},
    "classification": {"inkThreshold": 0.1, "undecidedBelow": 0.01},
}


def export(path, specification, perceive, layers):
    """Writes PATH.safetensors and PATH.json.

    Args:
        path: where to, without an ending.
        specification: a dictionary such as NOTEBOOK.
        perceive: the nnx.Conv that perceives, kernel [3, 3, C, P]; depthwise with
            feature_group_count=C, kernel [3, 3, 1, C M].
        layers: the 1 x 1 layers behind it, nnx.Conv or nnx.Linear, the last one last.
    """
    array = lambda variable: np.asarray(variable[...], np.float32)
    kernel = array(perceive.kernel)
    if specification["perceive"]["kind"] == "depthwise3x3":
        # Output c M + m is filter m of channel c.
        kernel = kernel.reshape(3, 3, specification["channels"]["count"], -1)
    tensors = {"perceive.kernel": kernel}
    for index, layer in enumerate(layers):
        kernel = array(layer.kernel)
        # A 1 x 1 convolution, [1, 1, inputs, units], is a dense layer, [inputs, units].
        tensors[f"update.{index}.kernel"] = kernel.reshape(kernel.shape[-2:])
        tensors[f"update.{index}.bias"] = array(layer.bias)
    if perceive.bias is not None:
        bias = array(perceive.bias)
        if specification["perceive"]["kind"] == "conv3x3":
            tensors["perceive.bias"] = bias
        elif specification["perceive"]["activation"] == "none":
            # A depthwise perception has no bias here; the layer behind it takes it over.
            tensors["update.0.bias"] = tensors["update.0.bias"] + bias @ tensors["update.0.kernel"]
        else:
            raise ValueError("A depthwise perception with a bias and an activation cannot be written.")
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, f"{path}.safetensors")
    with open(f"{path}.json", "w") as file:
        json.dump(specification, file, indent=2)
