"""Exports models with random weights and writes what their own frameworks make of them, for export.test.ts.

    python trial.py jax|torch|keras FOLDER

Writes FOLDER/model.safetensors, FOLDER/model.json and FOLDER/course.safetensors, which holds the
"ink" [height, width], which cells "fire" in each step, and the "state" [height, width, channels] after the last.
"""

import sys

import numpy as np
from safetensors.numpy import save_file

STEPS = 20
SIDE = 28


def draw_ink():
    """Blots of ink, faint and full, up to the border."""
    random = np.random.default_rng(1)
    return np.where(random.random((SIDE, SIDE)) < 0.3, random.random((SIDE, SIDE)), 0).astype(np.float32)


def write_course(folder, fire, state):
    course = {"ink": draw_ink(), "fire": np.stack(fire).astype(np.float32), "state": np.asarray(state, np.float32)}
    save_file({name: np.ascontiguousarray(value) for name, value in course.items()}, f"{folder}/course.safetensors")


def run_cax(folder):
    """The system of the CAX notebook, with weights of its own; its very dropout decides who fires."""
    import jax.numpy as jnp
    from cax.core.perceive import ConvPerceive
    from cax.core.update import NCAUpdate
    from export_jax import NOTEBOOK, export
    from flax import nnx

    rngs = nnx.Rngs(0)
    perceive = ConvPerceive(20, 80, use_bias=True, activation_fn=nnx.relu, rngs=rngs)
    update = NCAUpdate(20, 80, (80,), cell_dropout_rate=0.5, rngs=rngs)
    random = np.random.default_rng(3)
    for layer in [perceive.conv, *update.layers]:
        layer.bias[...] = jnp.asarray(random.normal(0, 0.1, layer.bias[...].shape), jnp.float32)
    # The notebook's last layer begins at zero and never learns to change the ink.
    last = update.layers[-1]
    last.kernel[...] = 0.5 * last.kernel[...].at[..., 19].set(0)
    last.bias[...] = last.bias[...].at[19].set(0)
    export(f"{folder}/model", NOTEBOOK, perceive.conv, update.layers)

    ink = jnp.asarray(draw_ink())[..., None]
    state = jnp.concatenate([jnp.zeros((SIDE, SIDE, 19)), ink], axis=-1)
    fire = []
    for _ in range(STEPS):
        # A copy of the dropout draws what the update is about to draw.
        fire.append(nnx.clone(update.dropout)(jnp.ones((SIDE, SIDE, 20)))[..., 0] > 0)
        state = update(state, perceive(state)).at[..., 19:].set(ink)
    write_course(folder, fire, state)


def run_article(folder, specification, update_of):
    """Steps by the rule of the Distill article; `update_of` maps a state to updates, both [height, width, n]."""
    ink = draw_ink()
    count = specification["channels"]["count"]
    state = np.zeros((SIDE, SIDE, count), np.float32)
    state[..., 0] = ink
    random = np.random.default_rng(2)
    fire = []
    for _ in range(STEPS):
        fire.append(random.random((SIDE, SIDE)) >= specification["step"]["dropout"])
        update = update_of(state)
        kept = fire[-1] & (ink > specification["life"]["inkThreshold"])
        state[..., 1:] += np.where(kept[..., None], update, 0)
    write_course(folder, fire, state)


def run_torch(folder):
    """A depthwise Conv2d with bias, a 1 x 1 Conv2d and a Linear."""
    import torch
    from export_torch import ARTICLE, export
    from torch import nn

    torch.manual_seed(0)
    perceive = nn.Conv2d(16, 64, 3, padding=1, groups=16)
    hidden = nn.Conv2d(64, 64, 1)
    output = nn.Linear(64, 15)
    export(f"{folder}/model", ARTICLE, perceive, [hidden, output])

    def update_of(state):
        with torch.no_grad():
            features = hidden(perceive(torch.from_numpy(state).permute(2, 0, 1)[None])).relu()
            return output(features[0].permute(1, 2, 0)).numpy()

    run_article(folder, ARTICLE, update_of)


def run_keras(folder):
    """A DepthwiseConv2D, a 1 x 1 Conv2D and a Dense layer, written out as SPECIFICATION.md says."""
    import json

    import keras
    from export_torch import ARTICLE

    keras.utils.set_random_seed(0)
    perceive = keras.layers.DepthwiseConv2D(3, padding="same", depth_multiplier=4, use_bias=False)
    hidden = keras.layers.Conv2D(64, 1, activation="relu", bias_initializer="random_normal")
    output = keras.layers.Dense(15, bias_initializer="random_normal")
    model = keras.Sequential([keras.Input((SIDE, SIDE, 16)), perceive, hidden, output])
    weights = {
        "perceive.kernel": perceive.get_weights()[0],
        "update.0.kernel": hidden.get_weights()[0][0, 0],
        "update.0.bias": hidden.get_weights()[1],
        "update.1.kernel": output.get_weights()[0],
        "update.1.bias": output.get_weights()[1],
    }
    save_file({name: np.ascontiguousarray(value) for name, value in weights.items()}, f"{folder}/model.safetensors")
    with open(f"{folder}/model.json", "w") as file:
        json.dump(ARTICLE, file)
    run_article(folder, ARTICLE, lambda state: np.asarray(model(state[None])[0]))


if __name__ == "__main__":
    {"jax": run_cax, "torch": run_torch, "keras": run_keras}[sys.argv[1]](sys.argv[2])
