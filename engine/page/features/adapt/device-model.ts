/**
 * Chooses the model to start with on a device: the site's first or, if that is known to be too slow, a lighter one. It
 * is chosen before the first step, from a measurement of a few milliseconds or from what was learned on an earlier
 * visit, never by the GPU's name.
 */
import { arithmeticSpeed } from '../../../automaton/programs/speed.ts';
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Device } from '../../../gpu/device.ts';
import { type Memory, pageMemory, recall, remember } from '../../../session/memory.ts';
import type { ModelEntry, ModelLibrary } from '../../shell/models.ts';

const PREFIX = 'model';

/** A model whose step takes longer than this is too slow for a device if there is a lighter one. */
const SLOW_MILLISECONDS = 50;

/** The number of cells in a digit as people write it. */
const CELLS_A_DIGIT = 135;

/** The share of the cells that compute in a step, at the dropout that models usually run with. */
const FIRING_SHARE = 0.5;

/** Starts measuring the GPU, unless it is already known which model suits it. {@link modelFor} waits for the result. */
export function beginMeasuring(device: Device): void {
  if (recallModel(pageMemory(), device) === undefined) void arithmeticSpeed(device);
}

/**
 * Returns the model to start with: the one that was found to suit this device or that the user insisted on, or else a
 * guess.
 */
export async function modelFor(
  device: Device,
  library: ModelLibrary,
  first: Model,
  layout: CanvasLayout,
): Promise<Model> {
  const { name } = first.specification;
  const remembered = recallModel(pageMemory(), device);
  const entry = library.entries.find((candidate) => candidate.name === name);
  const chosen =
    remembered !== undefined && library.has(remembered)
      ? remembered
      : heaviestFor(library, entry ?? { name }, layout, await arithmeticSpeed(device));
  if (chosen === name) return first;
  try {
    return await library.load(chosen);
  } catch {
    // A slow model is better than none.
    return first;
  }
}

/**
 * Remembers a model for this device. Call it when the device was too slow for another model, or when the user insisted
 * on this one.
 */
export function rememberModel(memory: Memory | null, { renderer }: Device, name: string): void {
  remember(memory, `${PREFIX}/${renderer}`, name);
}

function recallModel(memory: Memory | null, { renderer }: Device): string | undefined {
  return recall(memory, `${PREFIX}/${renderer}`);
}

/**
 * Returns the heaviest model that a device can run, starting with the first and getting lighter from there.
 * @param first the first model of the list
 * @param multiplyAddsPerSecond the speed that a step reaches on this device
 */
export function heaviestFor(
  library: Pick<ModelLibrary, 'lighterThan'>,
  first: Pick<ModelEntry, 'name' | 'multiplyAdds'>,
  { columns, rows }: CanvasLayout,
  multiplyAddsPerSecond: number,
): string {
  const firing = columns * rows * CELLS_A_DIGIT * FIRING_SHARE;
  let { name, multiplyAdds } = first;
  while (multiplyAdds !== undefined && (1000 * firing * multiplyAdds) / multiplyAddsPerSecond > SLOW_MILLISECONDS) {
    const lighter = library.lighterThan(multiplyAdds);
    if (!lighter) break;
    ({ name, multiplyAdds } = lighter);
  }
  return name;
}
