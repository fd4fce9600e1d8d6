import type { Machine } from './machine.ts';

/** Textures for whoever draws the canvas; all are sampled NEAREST. */
export interface SimulationTextures {
  /** Changes when any texture but the state's was replaced. */
  readonly generation: number;
  /** RGBA8, a texel a cell, row 0 on top: rgb the slot (24 bits, low byte in red; 0: none), alpha the ink. */
  readonly cells: WebGLTexture;
  /** RGBA8, a texel a slot: red the label + 1 (0: undecided), green its confidence, blue the label + 1 a step earlier. */
  readonly labels: WebGLTexture;
  /** One of the state's textures; four channels each, a texel a slot. Others after every step. */
  state(group: number): WebGLTexture;
  /** Slot s is texel (s % slotWidth, s / slotWidth). */
  readonly slotWidth: number;
  readonly slotHeight: number;
}

/** The textures of a machine that may be replaced by another. */
export class TextureView implements SimulationTextures {
  readonly #machine: () => Machine;

  constructor(machine: () => Machine) {
    this.#machine = machine;
  }

  get generation(): number {
    return this.#machine().store.allocation;
  }

  get cells(): WebGLTexture {
    return this.#machine().cells.texture.handle;
  }

  get labels(): WebGLTexture {
    return this.#machine().labels.texture.handle;
  }

  state(group: number): WebGLTexture {
    return this.#machine().store.now.textures[group].handle;
  }

  get slotWidth(): number {
    return this.#machine().store.width;
  }

  get slotHeight(): number {
    return this.#machine().store.rows;
  }
}
