"""Runs models on digits for nca.test.ts: python run_steps.py numpy|jax FOLDER MODEL...

FOLDER/pixels holds 28 x 28 bytes a model; FOLDER/NAME.state is written for each, float64 [28, 28, channels].
"""

import sys
from pathlib import Path

import numpy as np
import nca

SEED, STEPS, SIDE = 7, 20, 28
library, folder, *paths = sys.argv[1:]
images = np.fromfile(f"{folder}/pixels", np.uint8).reshape(-1, SIDE, SIDE)
for slot, path in enumerate(paths):
    model = nca.read_model(path)
    dropout = model.specification["step"]["dropout"]
    state = nca.initial_state(model.specification, images[slot] / np.float32(255))
    if library == "jax":
        import jax
        import nca_jax

        # Single precision is enough to run a model; its rounding, about 1e-5 after 20 steps, would hide small faults.
        jax.config.update("jax_enable_x64", True)
        compiled = jax.jit(nca_jax.step, static_argnums=0)
        static = nca_jax.Static(model.specification)
        advance = lambda state, fire: compiled(static, model.weights, state, fire)
        state = jax.numpy.asarray(state)
    else:
        advance = lambda state, fire: nca.step(model, state, fire)
    for step in range(STEPS):
        state = advance(state, nca.fires(SEED, step, slot, (SIDE, SIDE), dropout))
    np.asarray(state, np.float64).tofile(f"{folder}/{Path(path).stem}.state")
