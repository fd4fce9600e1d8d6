"""Times a training step of CAX's notebook "Self-classifying MNIST Digits" in JAX, and ours of the same network.

    python training/python/compare_training.py [--steps 5] [--ours 60] [--data DIR] [--backend tensorflow-gpu] [--json]

Both sides train the notebook's network: 20 channels, a batch of 16, 20 steps a rollout, a pool of 1,024 states. JAX
runs the notebook's system (CAX's own layers), loss, optimizer and pool, jitted as a whole. Ours is
`npm run train -- --preset cax`. The pixels do not change JAX's time, so it gets blots; ours computes live cells only
and trains on MNIST with --data, else on the project's own handwriting.

CAX and JAX are installed into a virtual environment of their own where they are missing (--venv DIR).
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["cax==0.3.3", "jax==0.10.2", "flax==0.12.8", "optax==0.2.8"]

CHANNELS = 20
PERCEPTION = 80
SIDE = 28
BATCH = 16
ROLLOUT = 20
POOL = 1024
# The first step compiles; the second is the first that runs on compiled code alone.
WARM_UP = 2
# The compilers of JavaScript need longer to find out what is worth their time.
OUR_WARM_UP = 20


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=positive, default=5, help="steps of JAX that are timed (default 5)")
    parser.add_argument("--ours", type=positive, default=60, help="steps of ours that are timed (default 60)")
    parser.add_argument("--data", type=Path, help="a folder with MNIST; else our own handwriting")
    parser.add_argument("--backend", default="auto", help="of ours, as `npm run train` names it (default auto)")
    parser.add_argument("--workers", type=positive, help="of ours (default: as many as suit the backend)")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache" / "nca-jax", help="where JAX is installed")
    parser.add_argument("--json", action="store_true", help="prints JSON")
    options = parser.parse_args()
    if options.data and not options.data.is_dir():
        parser.error(f'there is no folder "{options.data}".')
    return options


def run_where_jax_is(venv):
    """Starts this program again with a Python that has the packages, which are installed first if need be."""
    if all(map(find_spec, ("cax", "jax", "flax", "optax"))):
        return
    python = venv / "bin" / "python"
    if Path(sys.prefix).resolve() == venv.resolve():
        sys.exit(f"{venv} is incomplete; delete it and try again.")
    if not python.exists():
        print(f"Installing {', '.join(PACKAGES)} into {venv} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    sys.exit(subprocess.run([python, *sys.argv]).returncode)


def time_jax(steps):
    """Seconds of each of the notebook's training steps, jitted, after the warm-up."""
    import jax
    import jax.numpy as jnp
    import optax
    from cax.core import ComplexSystem
    from cax.core.perceive import ConvPerceive
    from cax.core.update import NCAUpdate
    from cax.nn.pool import Pool
    from flax import nnx

    rngs = nnx.Rngs(0)

    class SelfClassifying(ComplexSystem):
        def __init__(self):
            self.perceive = ConvPerceive(
                channel_size=CHANNELS,
                perception_size=PERCEPTION,
                use_bias=True,
                activation_fn=nnx.relu,
                rngs=rngs,
            )
            self.update = NCAUpdate(
                channel_size=CHANNELS,
                perception_size=PERCEPTION,
                hidden_layer_sizes=(PERCEPTION,),
                cell_dropout_rate=0.5,
                zeros_init=True,
                rngs=rngs,
            )

        def _step(self, state, input=None, *, sow=False):
            return self.update(state, self.perceive(state), input).at[..., -1:].set(state[..., -1:])

    system = SelfClassifying()
    images = jax.random.uniform(jax.random.key(1), (1000, SIDE, SIDE, 1))
    images = jnp.where(images > 0.8, images, 0)
    labels = jax.random.randint(jax.random.key(2), (1000,), 0, 10)

    def fresh(key):
        index = jax.random.choice(key, images.shape[0])
        return jnp.zeros((SIDE, SIDE, CHANNELS)).at[..., -1:].set(images[index]), index

    state, index = jax.vmap(fresh)(jax.random.split(jax.random.key(3), POOL))
    pool = Pool.create({"state": state, "index": index})
    schedule = optax.linear_schedule(init_value=1e-3, end_value=1e-5, transition_steps=100_000)
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(learning_rate=schedule))
    optimizer = nnx.Optimizer(system, adam, wrt=nnx.Param)

    def loss_of(system, state, target):
        axes = nnx.StateAxes({nnx.RngState: 0, nnx.Intermediate: 0, ...: None})
        roll = nnx.vmap(lambda system, state: system(state, num_steps=ROLLOUT), in_axes=(axes, 0))
        state = nnx.split_rngs(splits=BATCH)(roll)(system, state)
        return jnp.mean(jnp.sum(jnp.square(state[..., :10] - target), axis=(-1, -2, -3)) / 2), state

    @nnx.jit
    def train_step(system, optimizer, pool, key):
        sample_key, fresh_key = jax.random.split(key)
        places, batch = pool.sample(sample_key, batch_size=BATCH)
        new_state, new_index = fresh(fresh_key)
        state = batch["state"].at[: BATCH // 4].set(new_state)
        index = batch["index"].at[: BATCH // 4].set(new_index)
        target = jnp.where(images[index] >= 0.1, jax.nn.one_hot(labels[index], 10)[:, None, None, :], 0.0)
        (loss, state), gradient = nnx.value_and_grad(loss_of, has_aux=True)(system, state, target)
        optimizer.update(system, gradient)
        return loss, pool.update(places, {"state": state, "index": index})

    seconds = []
    for number in range(WARM_UP + steps):
        started = time.perf_counter()
        loss, pool = train_step(system, optimizer, pool, jax.random.key(10 + number))
        jax.block_until_ready((loss, pool))
        seconds.append(time.perf_counter() - started)
    return seconds[WARM_UP:], f"JAX {jax.__version__} on {jax.devices()[0].platform}"


def time_ours(options):
    """Seconds of each of our training steps after the warm-up, and what they ran on."""
    data = ["--data", options.data.resolve()] if options.data else ["--synthetic"]
    workers = ["--workers", str(options.workers)] if options.workers else []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        command = ["node", ROOT / "engine/cli/run.mjs", "train", "--preset", "cax", *data, *workers]
        command += ["--backend", options.backend, "--steps", str(OUR_WARM_UP + options.ours), "--out", out, "--json"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr.strip() or done.stdout.strip())
        start = next(event for event in map(json.loads, done.stdout.splitlines()) if "backend" in event)
        with open(out / "metrics.csv", newline="") as file:
            clock = [float(row["seconds"]) for row in csv.DictReader(file)]
    seconds = [after - before for before, after in zip(clock[OUR_WARM_UP - 1 :], clock[OUR_WARM_UP:])]
    return seconds, f"{start['backend']}, {start['workers']} worker(s)"


def main():
    options = read_options()
    run_where_jax_is(options.venv)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    jax_seconds, jax_name = time_jax(options.steps)
    our_seconds, our_name = time_ours(options)
    result = {
        "cores": os.cpu_count(),
        "jax": {"on": jax_name, "secondsAStep": statistics.median(jax_seconds), "steps": len(jax_seconds)},
        "ours": {"on": our_name, "secondsAStep": statistics.median(our_seconds), "steps": len(our_seconds)},
    }
    result["ratio"] = result["jax"]["secondsAStep"] / result["ours"]["secondsAStep"]
    if options.json:
        print(json.dumps(result))
        return
    for name in ("jax", "ours"):
        side = result[name]
        print(f"{side['on']}: {side['secondsAStep']:.3f} s a training step (median of {side['steps']})")
    print(f"JAX takes {result['ratio']:.1f} times as long, on {result['cores']} cores.")


if __name__ == "__main__":
    main()
