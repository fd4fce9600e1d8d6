/**
 * The model to start with on a device: the site's first or, where that is known to be too slow, a lighter one. It is
 * chosen before the first step, from a measurement of some milliseconds or from what was found out on an earlier visit,
 * never by what the GPU calls itself.
 */
import { arithmeticSpeed } from '../../../automaton/programs/speed.ts';
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Device } from '../../../gpu/device.ts';
import { type Memory, pageMemory, recall, remember } from '../../../session/memory.ts';
import type { ModelEntry, ModelLibrary } from '../../shell/models.ts';

const PREFIX = 'model';

/** A model whose step takes longer is too slow for a device if there is a lighter one. */
const SLOW_MILLISECONDS = 50;

/** Cells of a digit, as people write it. */
const CELLS_A_DIGIT = 135;

/** Share of the cells that compute in a step, at the dropout that models are run with. */
const FIRING_SHARE = 0.5;

/** Has the GPU measured, unless it is known already which model suits it; {@link modelFor} waits for that. */
export function beginMeasuring(device: Device): void {
  if (recallModel(pageMemory(), device) === undefined) void arithmeticSpeed(device);
}

/** The model to start with: that which was found to suit this device, or somebody insisted on, else a guess. */
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
    // Better slow than not at all.
    return first;
  }
}

/** To be called when a device was found too slow for another model, or somebody has insisted on one all the same. */
export function rememberModel(memory: Memory | null, { renderer }: Device, name: string): void {
  remember(memory, `${PREFIX}/${renderer}`, name);
}

function recallModel(memory: Memory | null, { renderer }: Device): string | undefined {
  return recall(memory, `${PREFIX}/${renderer}`);
}

/**
 * The heaviest model that a device can run, by as little lighter than the first as that needs.
 * @param first of the list
 * @param multiplyAddsPerSecond what a step reaches here
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
