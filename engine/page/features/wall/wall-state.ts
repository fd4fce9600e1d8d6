/** The state of a screen as bytes, in the form of a scene's file, and in parts. */
import type { SavedCanvas } from '../../../automaton/saved-canvas.ts';
import { decodeModelFile, encodeModelFile } from '../../../common/model/file.ts';
import type { Model } from '../../../common/model/weights.ts';
import { decodeScene, encodeScene } from '../../../common/scene/scene-file.ts';
import type { Playground } from '../../../session/playground.ts';
import { PART_BYTES } from '../../../together/limits.ts';
import type { ToServer } from '../../../together/messages.ts';

type Part = ToServer['state'];

/** The state as it is at the time of the call. */
export async function encodeState({ simulation }: Playground): Promise<Uint8Array> {
  return encodeScene({
    ...(await simulation.save()),
    renderer: simulation.device.renderer.slice(0, 400),
    strategy: simulation.strategy.name,
    settings: {},
    camera: { x: 0, y: 0, zoom: 1 },
    model: encodeModelFile(simulation.model),
  });
}

/** @throws Error if this is not a state */
export async function decodeState(bytes: Uint8Array): Promise<{ saved: SavedCanvas; model: Model }> {
  const scene = await decodeScene(bytes);
  return { saved: scene, model: decodeModelFile(scene.model) };
}

/** @param moment the step that runs next, and the first entry that the state does not include */
export function partsOf(bytes: Uint8Array, moment: { readonly step: number; readonly entry: number }): Part[] {
  const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: parts }, (_, part) => ({
    ...moment,
    part,
    parts,
    bytes: bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
  }));
}

/** Puts the parts of a state together. */
export class StateParts {
  #parts: Uint8Array[] = [];

  /** Returns the whole state with its last part, otherwise null. Parts come in order; the first one begins anew. */
  take({ part, parts, bytes }: Part): Uint8Array | null {
    if (part === 0) this.#parts = [];
    if (part !== this.#parts.length) return null;
    this.#parts.push(bytes);
    if (this.#parts.length < parts) return null;
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const one of this.#parts) {
      whole.set(one, offset);
      offset += one.length;
    }
    this.#parts = [];
    return whole;
  }
}
