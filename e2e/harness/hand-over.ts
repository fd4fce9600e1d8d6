/** A canvas that takes over newer versions of its model, for tests. */
import { channelSources } from '../../engine/automaton/channel-map.ts';
import type { SavedCanvas } from '../../engine/automaton/saved-canvas.ts';
import { Simulation } from '../../engine/automaton/simulation.ts';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Device } from '../../engine/gpu/device.ts';
import { blots } from './made-up.ts';
import { randomModel } from './random-model.ts';
import { shippedModel } from './shipped-model.ts';

export interface HandOverCase {
  readonly specification: ModelSpecification;
  /** The strategy before the first hand-over. */
  readonly strategy: string;
  readonly size: number;
  /** How many versions of the same shape follow the first one. */
  readonly versions: number;
  /** What is prepared before the first hand-over: a model of its shape, or of another one. */
  readonly prepared?: 'alike' | 'other';
}

export interface HandOverResult {
  /** The values that differ from those of a canvas that was loaded with the same model and state. */
  readonly differentAfterShape: number;
  readonly differentAfterVersions: number;
  /** The values, after the first hand-over, that are not those of the channel with the same meaning before. */
  readonly lost: number;
  readonly strategy: string;
  /** GL objects and bytes of textures that the versions after the first have added. */
  readonly addedObjects: number;
  readonly addedBytes: number;
  readonly errors: number;
  readonly leaked: number;
  readonly earliest: number;
  readonly step: number;
}

const SEED = 7;

/** The same model with another class, two more channels and more units in its first layer. */
export function widerSpecification(before: ModelSpecification): ModelSpecification {
  const count = before.channels.count + 3;
  const update = before.update.map((layer, index) => ({
    ...layer,
    units: index === before.update.length - 1 ? layer.units + 3 : layer.units + (index === 0 ? 5 : 0),
  }));
  return {
    ...before,
    classes: [...before.classes, { name: '♥', color: [200, 30, 60] }],
    channels: { ...before.channels, count },
    update,
  };
}

/** The same shape with another name of the new class, or a shape of its own. */
function preparedSpecification(wider: ModelSpecification, kind: 'alike' | 'other'): ModelSpecification {
  if (kind === 'other') return widerSpecification(wider);
  const classes = wider.classes.map((one) => (one.name === '♥' ? { ...one, name: '★' } : one));
  return { ...wider, classes };
}

export async function handOver(device: Device, options: HandOverCase): Promise<HandOverResult> {
  const { specification, strategy, size, versions, prepared } = options;
  const wider = widerSpecification(specification);
  const layout = { columns: 1, rows: 1, tile: size };
  const simulation = await Simulation.create(device, {
    model: randomModel(specification, 1),
    layout,
    seed: SEED,
    strategy,
  });
  const { edits, time } = simulation;
  edits.apply({
    kind: 'stamp',
    ink: blots(size, 3),
    rectangle: { x: 0, y: 0, width: size, height: size },
    options: { combine: 'replace', keepState: false },
  });
  time.keepsPast = true;
  time.advance(5);
  if (prepared) await simulation.prepareHandOver(randomModel(preparedSpecification(wider, prepared), 9));
  const before = await simulation.save();
  const first = randomModel(wider, 2);
  await simulation.handOver(first);
  const after = await simulation.save();
  const mapped = mapStates(before, specification, wider);
  const twin = await Simulation.create(device, {
    model: first,
    layout,
    seed: SEED,
    strategy: simulation.strategy.name,
  });
  const stepsAlike = async (canvas: SavedCanvas, model: Model): Promise<number> => {
    await twin.load(canvas, model, simulation.strategy.name);
    twin.time.dropout = time.dropout;
    twin.time.noise = time.noise;
    for (const one of [simulation, twin]) one.time.advance(4);
    return different((await simulation.save()).states, (await twin.save()).states);
  };
  const differentAfterShape = await stepsAlike({ ...before, channels: wider.channels.count, states: mapped }, first);

  const models = [randomModel(wider, 3), randomModel(wider, 4)];
  const objects = device.objectCount;
  const bytes = device.textureBytes;
  for (let version = 0; version < versions; version += 1) {
    await simulation.handOver(models[version % 2]);
    if (version % 100 === 0) time.advance(1);
  }
  const addedObjects = device.objectCount - objects;
  const addedBytes = device.textureBytes - bytes;
  const differentAfterVersions = await stepsAlike(await simulation.save(), simulation.model);
  await simulation.handOver(simulation.model);
  const { earliest, step } = time;
  const result = { strategy: simulation.strategy.name, addedObjects, addedBytes, earliest, step };
  simulation.dispose();
  twin.dispose();
  device.dispose();
  const leaked = device.objectCount;
  return {
    ...result,
    lost: different(after.states, mapped),
    differentAfterShape,
    differentAfterVersions,
    errors: device.gl.getError(),
    leaked,
  };
}

function mapStates({ states, cells }: SavedCanvas, from: ModelSpecification, to: ModelSpecification): Float32Array {
  const sources = channelSources(from, to);
  const count = sources.length;
  return Float32Array.from({ length: cells.length * count }, (_, index) => {
    const source = sources[index % count];
    return source < 0 ? 0 : states[Math.floor(index / count) * from.channels.count + source];
  });
}

function different(one: Float32Array, other: Float32Array): number {
  return one.length === other.length ? one.filter((value, index) => !Object.is(value, other[index])).length : Infinity;
}

/**
 * The longest time in milliseconds for which the page stands still while a canvas of many digits takes over a model of
 * another shape, and versions of the same shape.
 */
export async function handOverTimes(device: Device): Promise<{ shape: number; version: number }> {
  const specification = (await shippedModel('swift')).specification;
  const layout = { columns: 16, rows: 12, tile: 32 };
  const simulation = await Simulation.create(device, {
    model: randomModel(specification, 1),
    layout,
    seed: SEED,
    strategy: 'auto',
  });
  const digits = Array.from({ length: layout.columns * layout.rows }, (_, index) =>
    drawDigit(new Random(SEED).split(index), index % 10),
  );
  const images = new Uint8Array(digits.length * 28 * 28);
  digits.forEach((digit, index) => images.set(digit, index * 28 * 28));
  simulation.edits.setDigits(images);
  simulation.time.advance(2);
  await simulation.settled();
  const wider = widerSpecification(specification);
  await simulation.prepareHandOver(randomModel(wider, 2));
  await simulation.settled();
  const shape = await longestPause(() => simulation.handOver(randomModel(wider, 2)), simulation);
  const models = Array.from({ length: 20 }, (_, index) => randomModel(wider, 3 + index));
  let version = 0;
  for (const model of models)
    version = Math.max(version, await longestPause(() => simulation.handOver(model), simulation));
  simulation.dispose();
  return { shape, version };
}

/** Looks every few milliseconds how long it is since the last look. */
async function longestPause(work: () => Promise<unknown>, simulation: Simulation): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 4);
  await work();
  await simulation.settled();
  look();
  clearInterval(timer);
  return longest;
}
