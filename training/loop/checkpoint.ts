/**
 * Stores a run in one file, from which it can continue as if it had never
 * stopped. The file is written in full or not at all. It is a safetensors file
 * whose `average.` tensors are the model so far, so `bake` and `evaluate` can
 * read it. Two checkpoints are kept: the last one and the one before.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { UserError } from '../../engine/command-line/command.ts';
import { makeFolder } from '../../engine/command-line/files.ts';
import { SPECIFICATION_KEY } from '../../engine/common/model/file.ts';
import { decodeSafetensors, encodeSafetensors, type SafetensorsTensor } from '../../engine/common/model/safetensors.ts';
import type { TrainingRun } from '../../engine/common/model/specification.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random, type RandomState } from '../../engine/common/random/random.ts';
import { NO_CLASS, type Sample } from '../../engine/learning/rollout/batch.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { SIDE, sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { parseRecipe } from '../presets/recipe.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { Eigenbasis } from '../../engine/learning/loop/eigenbasis.ts';
import type { Change, Check, RunState } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';

/** A checkpoint that cannot be used; the message is one sentence for the user. */
export class CheckpointError extends UserError {
  override name = 'CheckpointError';
}

const CHECKPOINT_KEY = 'nca-checkpoint';
const CHECKPOINT_VERSION = 1;
/** The value for `NO_CLASS` in the labels of the pool. */
const NO_CLASS_BYTE = 255;

/** What a checkpoint holds besides arrays. */
interface Header {
  version: number;
  recipe: unknown;
  step: number;
  averageAge: number;
  random: RandomState;
  rateFactor: number;
  setbacks: number;
  seconds: number;
  /** SHA-256 of all tensors; absent in files of earlier commits. */
  digest?: string;
  /** Settings before a resume changed them; absent in files of earlier commits. */
  changes?: Change[];
  /** The runs before; absent in files of earlier commits. */
  earlier?: readonly TrainingRun[];
  /** The scores that were measured during the run; absent in files of earlier commits. */
  checks?: Check[];
}

/** The file of the last checkpoint in a run's folder, and of the one before. */
export function checkpointPaths(folder: string): { last: string; previous: string } {
  return { last: join(folder, 'checkpoint.safetensors'), previous: join(folder, 'checkpoint-previous.safetensors') };
}

/** SHA-256 of tensors, including their names: a disk may return other bytes than were written. */
function digestOf(tensors: ReadonlyMap<string, SafetensorsTensor>): string {
  const hash = createHash('sha256');
  for (const name of [...tensors.keys()].sort()) {
    const data = tensors.get(name)?.data;
    if (data) hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

const floats = (data: Float32Array): SafetensorsTensor => ({ dtype: 'F32', shape: [data.length], data });

/** The bytes of a checkpoint. */
export function encodeCheckpoint(recipe: Recipe, state: RunState, model: Model): Uint8Array {
  const { pool, moments } = state;
  const pixels = new Uint8Array(pool.reduce((total, sample) => total + sample.pixels.length, 0));
  const lengths = new Int32Array(pool.length);
  let at = 0;
  pool.forEach((sample, index) => {
    pixels.set(sample.pixels, at);
    at += sample.pixels.length;
    lengths[index] = sample.state ? sample.state.length : -1;
  });
  const states = new Float32Array(pool.reduce((total, sample) => total + (sample.state?.length ?? 0), 0));
  let offset = 0;
  for (const { state: cells } of pool) {
    if (!cells) continue;
    states.set(cells, offset);
    offset += cells.length;
  }
  const labels = Uint8Array.from(pool, ({ label }) => (label === NO_CLASS ? NO_CLASS_BYTE : label));
  const tensors = new Map<string, SafetensorsTensor>([
    ['run.weights', floats(state.weights)],
    ['run.average', floats(state.average)],
    ['run.moment1', floats(moments.first)],
    ['run.moment2', floats(moments.second)],
    ['run.losses', floats(Float32Array.from(state.losses))],
    [
      'pool.sides',
      { dtype: 'I32', shape: [pool.length], data: Int32Array.from(pool, (sample) => sideOf(sample.pixels)) },
    ],
    ['pool.pixels', { dtype: 'U8', shape: [pixels.length], data: pixels }],
    ['pool.labels', { dtype: 'U8', shape: [pool.length], data: labels }],
    ['pool.lengths', { dtype: 'I32', shape: [pool.length], data: lengths }],
    ['pool.states', floats(states)],
  ]);
  if (moments.sides) {
    tensors.set('run.covariances', floats(moments.sides.covariances));
    tensors.set('run.bases', floats(moments.sides.bases));
  }
  for (const [name, { shape, data }] of model.weights) tensors.set(`average.${name}`, { dtype: 'F32', shape, data });
  const header: Header = {
    version: CHECKPOINT_VERSION,
    recipe,
    step: state.step,
    averageAge: state.averageAge,
    random: state.random.state,
    rateFactor: state.rateFactor,
    setbacks: state.setbacks,
    seconds: state.seconds,
    digest: digestOf(tensors),
    changes: state.changes,
    earlier: state.earlier,
    checks: state.checks,
  };
  const metadata = {
    [SPECIFICATION_KEY]: JSON.stringify(model.specification),
    [CHECKPOINT_KEY]: JSON.stringify(header),
  };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * Reads a checkpoint.
 * @throws CheckpointError or ModelError that says what is wrong with it
 */
export function decodeCheckpoint(bytes: Uint8Array): { recipe: Recipe; state: RunState } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (!Object.hasOwn(metadata, CHECKPOINT_KEY)) throw new CheckpointError('it is no checkpoint of this program');
  const header = JSON.parse(metadata[CHECKPOINT_KEY]) as Header;
  if (header.version !== CHECKPOINT_VERSION) {
    throw new CheckpointError(`it is of version ${header.version}, and this program reads ${CHECKPOINT_VERSION}`);
  }
  if (header.digest !== undefined && header.digest !== digestOf(tensors)) {
    throw new CheckpointError('its bytes are not those that were written');
  }
  const array = <D extends SafetensorsTensor['dtype']>(name: string, dtype: D) => {
    const tensor = tensors.get(name);
    if (!tensor || tensor.dtype !== dtype) throw new CheckpointError(`it lacks "${name}" as ${dtype}`);
    return tensor.data as Extract<SafetensorsTensor, { dtype: D }>['data'];
  };
  const hasBasis = tensors.has('run.bases');
  const bases = hasBasis ? { covariances: array('run.covariances', 'F32'), bases: array('run.bases', 'F32') } : null;
  const recipe = parseRecipe(header.recipe);
  if (bases && bases.bases.length !== new Eigenbasis(variablesOf(trainedSpecification(recipe))).length) {
    throw new CheckpointError('its optimizer remembers other sides of the weights than this program works with');
  }
  const pixels = array('pool.pixels', 'U8');
  const labels = array('pool.labels', 'U8');
  const lengths = array('pool.lengths', 'I32');
  const states = array('pool.states', 'F32');
  // Absent in files of earlier commits, whose images are all as large as MNIST's.
  const sides = tensors.has('pool.sides') ? array('pool.sides', 'I32') : new Int32Array(lengths.length).fill(SIDE);
  let offset = 0;
  let at = 0;
  const pool = Array.from(lengths, (length, index): Sample => {
    const cells = length < 0 ? null : states.slice(offset, offset + length);
    offset += Math.max(0, length);
    const image = pixels.slice(at, at + sides[index] ** 2);
    at += image.length;
    return { pixels: image, label: labels[index] === NO_CLASS_BYTE ? NO_CLASS : labels[index], state: cells };
  });
  const state: RunState = {
    step: header.step,
    weights: array('run.weights', 'F32'),
    average: array('run.average', 'F32'),
    averageAge: header.averageAge,
    moments: { first: array('run.moment1', 'F32'), second: array('run.moment2', 'F32'), sides: bases },
    pool,
    random: new Random(header.random.seed, header.random.counter),
    losses: Array.from(array('run.losses', 'F32')),
    rateFactor: header.rateFactor,
    setbacks: header.setbacks,
    seconds: header.seconds,
    changes: header.changes ?? [],
    earlier: header.earlier ?? [],
    checks: header.checks ?? [],
  };
  return { recipe, state };
}

/** Writes a file and waits until the disk has it. */
export type FileWriter = (path: string, content: Uint8Array) => void;

const writeFlushed: FileWriter = (path, content) => writeFileSync(path, content, { flush: true });

/**
 * Writes a run's checkpoint; the one before stays beside it. Both stay as they
 * were if the new one cannot be written.
 * @param write for tests of disks that fail
 * @throws CheckpointError if it cannot be written
 */
export function saveCheckpoint(
  folder: string,
  recipe: Recipe,
  state: RunState,
  model: Model,
  write: FileWriter = writeFlushed,
): void {
  const { last, previous } = checkpointPaths(folder);
  // Always the same name: a kill in the middle of it leaves at most one such file.
  const temporary = `${last}.tmp`;
  try {
    makeFolder(folder);
    write(temporary, encodeCheckpoint(recipe, state, model));
    // Between the two calls only the previous checkpoint exists. A resume finds it.
    if (existsSync(last)) renameSync(last, previous);
    renameSync(temporary, last);
  } catch (fault) {
    removeIfThere(temporary);
    throw new CheckpointError(`The checkpoint "${last}" cannot be written: ${messageOf(fault).replace(/\.$/, '')}.`);
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder that is none now has no such file in it either.
  }
}

/**
 * The newest checkpoint of a folder that can be read.
 * @param warn gets a sentence for each that cannot
 * @throws CheckpointError if there is none
 */
export function loadCheckpoint(folder: string, warn: (message: string) => void): { recipe: Recipe; state: RunState } {
  const { last, previous } = checkpointPaths(folder);
  for (const path of [last, previous]) {
    if (!existsSync(path)) continue;
    try {
      return decodeCheckpoint(readFileSync(path));
    } catch (fault) {
      if (!(fault instanceof ModelError || fault instanceof UserError || fault instanceof SyntaxError)) throw fault;
      warn(`The checkpoint ${path} cannot be used: ${fault.message.replace(/\.$/, '')}.`);
    }
  }
  throw new CheckpointError(`The folder "${folder}" has no checkpoint that can be used.`);
}
