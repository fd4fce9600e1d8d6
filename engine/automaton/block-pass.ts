import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { blockOf, BLOCK_ROWS, FIRST_SLOT } from './blocks.ts';

/** Which blocks of slots a pass covers: all of them, those that fire in this step, or those that do not. */
export type Coverage = 'all' | 'fired' | 'held';

const COVERAGE_INDEX: Record<Coverage, number> = { all: 0, fired: 1, held: 2 };

/** What a step has to know to tell which cells fire in it. */
export interface StepMoment {
  /** The seed of this step's random numbers. It changes every 2³² steps, see {@link seedOfRound}. */
  seed: number;
  /** The low 32 bits of the number of steps since the last reset. */
  step: number;
  /** The share of cells that do not fire. */
  dropout: number;
  /** The standard deviation of the noise added to every channel's update. */
  noise: number;
  /** The factor that an update is multiplied by if it is kept. */
  updateScale: number;
  /** Whether each cell decides for itself whether it fires. If false, whole blocks do. */
  cellFiring: boolean;
}

/** The names of the samplers of `state.glsl` for a given number of state textures. */
export function stateSamplers(groups: number): string[] {
  return Array.from({ length: groups }, (_, group) => `state${group}`);
}

/** Binds the textures to consecutive samplers, starting at `first`. */
export function bindAll(pass: Pass, textures: readonly Texture[], first = 0): void {
  for (let index = 0; index < textures.length; index += 1) pass.bind(first + index, textures[index].handle);
}

/**
 * Puts the context into the state that every pass expects. Other code that draws on the same context between two calls
 * may leave it in any state.
 */
export function beginPasses(device: Device): void {
  const { gl } = device;
  gl.disable(gl.BLEND);
  gl.disable(gl.DEPTH_TEST);
  gl.disable(gl.STENCIL_TEST);
  gl.disable(gl.SCISSOR_TEST);
  gl.disable(gl.CULL_FACE);
  gl.colorMask(true, true, true, true);
  // A sampler object left on a unit would filter float textures, which reads as zero.
  for (let unit = 0; unit < 16; unit += 1) gl.bindSampler(unit, null);
  gl.bindVertexArray(device.emptyVertexArray);
}

/** Unbinds everything of ours that could form a feedback loop with the next draw call. */
export function endPasses(device: Device): void {
  const { gl } = device;
  gl.bindVertexArray(null);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
}

/** A fragment pass over blocks of slots. Owns its program. */
export class BlockPass {
  readonly #device: Device;
  readonly #coverage: Coverage;
  readonly #slotsPerFragment: number;
  readonly pass: Pass;
  #slotShift = 0;

  private constructor(device: Device, pass: Pass, coverage: Coverage, slotsPerFragment: number) {
    this.#device = device;
    this.pass = pass;
    this.#coverage = coverage;
    this.#slotsPerFragment = slotsPerFragment;
  }

  /**
   * @param slotsPerFragment how many slots of a row each fragment stands for; the target is narrower by that factor
   * @throws DeviceError if the fragment shader does not compile on this GPU
   */
  static async create(
    device: Device,
    fragment: string,
    samplers: readonly string[],
    coverage: Coverage,
    slotsPerFragment = 1,
  ): Promise<BlockPass> {
    const vertex = shaderSource('blocks.vert');
    const pass = await Pass.create(device, vertex, fragment, samplers);
    return new BlockPass(device, pass, coverage, slotsPerFragment);
  }

  /**
   * Makes this pass current, drawing into `target`. Bind textures and set uniforms next, then call {@link draw}. If
   * each cell fires for itself, every block takes part.
   *
   * @param start the row of slots that corresponds to the first row of the target, if the target holds only a band of
   * them
   */
  begin(target: Target, moment?: StepMoment, start = 0): Pass {
    const { gl } = this.#device;
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, target.width, target.height);
    this.pass.use();
    this.#slotShift = Math.log2(target.width * this.#slotsPerFragment);
    this.pass.set('slotShift', this.#slotShift);
    this.pass.set('targetRows', target.height);
    this.pass.set('targetStart', start);
    const coverage = moment?.cellFiring ? 'all' : this.#coverage;
    this.pass.set('coverage', COVERAGE_INDEX[coverage]);
    if (moment) setChance(this.pass, moment);
    return this.pass;
  }

  /**
   * Draws the blocks of the rows of slots from `start` up to, but not including, `end`. The null blocks are never
   * drawn.
   */
  draw(end: number, start = 0): void {
    const { gl } = this.#device;
    const first = Math.max(start / BLOCK_ROWS, blockOf(FIRST_SLOT, this.#slotShift));
    const blocks = end / BLOCK_ROWS - first;
    if (blocks <= 0) return;
    this.pass.set('firstBlock', first);
    gl.drawArrays(gl.TRIANGLES, 0, blocks * 3);
  }

  dispose(): void {
    this.pass.dispose();
  }
}

/** Passes the shape of the slot textures to a pass. `target` must have that shape. */
export function setSlotShape(pass: Pass, target: Target): void {
  pass.set('slotShift', shiftOf(target));
  pass.set('slotRows', target.height);
}

function shiftOf(target: Target): number {
  return Math.log2(target.width);
}

/** Sets the uniforms that decide which blocks or cells fire, and how their updates are applied. */
function setChance(pass: Pass, moment: StepMoment): void {
  pass.set('seed', moment.seed);
  pass.set('stepIndex', moment.step);
  pass.set('dropout', moment.dropout);
  pass.set('cellFiring', Number(moment.cellFiring));
  pass.set('updateScale', moment.updateScale);
  pass.set('noise', moment.noise);
}
