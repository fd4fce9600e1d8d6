/** The state of a cell and of its eight neighbours at one moment, for close inspection. */
import type { ModelSpecification } from '../common/model/specification.ts';
import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { Pass } from '../gpu/pass.ts';
import { readTarget } from '../gpu/readback.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, endPasses, stateSamplers } from './block-pass.ts';
import { UNDECIDED, NO_INK } from './records.ts';
import type { Simulation } from './simulation.ts';

/** One cell, with its whole state. */
export interface CellRecord {
  readonly x: number;
  readonly y: number;
  /** 0…1. */
  readonly ink: number;
  /** Whether the cell takes part in steps. */
  readonly isAlive: boolean;
  /** The class of the cell: −1 if there is no ink, −2 if the cell is undecided. */
  readonly label: number;
  /** The highest logit minus the second highest, 0…1. */
  readonly confidence: number;
  /** In the model's own order. */
  readonly channels: Float32Array;
}

export interface Neighbourhood {
  readonly step: number;
  /** Nine cells in reading order, with the cell in question in the middle. Cells outside the canvas are empty. */
  readonly cells: readonly CellRecord[];
}

/** The index of the cell in question. */
export const MIDDLE = 4;

/** Reads a cell and its neighbours from the GPU. Owns its program and a target of a few texels. */
export class CellProbe {
  readonly #device: Device;
  readonly #specification: ModelSpecification;
  readonly #groups: number;
  readonly #pass: Pass;
  readonly #texture: Texture;
  readonly #target: Target;

  private constructor(device: Device, specification: ModelSpecification, groups: number, pass: Pass) {
    this.#device = device;
    this.#specification = specification;
    this.#groups = groups;
    this.#pass = pass;
    this.#texture = device.createTexture(device.floatFormat, 9, groups + 1);
    this.#target = device.createTarget([this.#texture]);
  }

  /** @throws DeviceError if its program does not compile on this GPU */
  static async create(device: Device, specification: ModelSpecification): Promise<CellProbe> {
    const { count } = specification.channels;
    const groups = Math.ceil(count / 4);
    const source = shaderSource('probe.frag', { CHANNELS: count });
    const samplers = ['cells', 'labels', ...stateSamplers(groups)];
    const pass = await Pass.create(device, shaderSource('fullscreen.vert'), source, samplers);
    return new CellProbe(device, specification, groups, pass);
  }

  /**
   * Returns the cells around (x, y) as they are now, as soon as the GPU has copied them. `simulation` must run the
   * model that the probe was made for.
   */
  async read(simulation: Simulation, x: number, y: number): Promise<Neighbourhood> {
    const { textures, canvas } = simulation;
    textures.refreshLabels();
    const { gl } = this.#device;
    const { step } = simulation.time;
    beginPasses(this.#device);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#target.framebuffer);
    gl.viewport(0, 0, this.#target.width, this.#target.height);
    this.#pass.use();
    this.#pass.set('slotShift', textures.slotShift);
    this.#pass.set('canvasSize', [canvas.width, canvas.height]);
    this.#pass.set('middle', [x, y]);
    this.#pass.bind(0, textures.cells);
    this.#pass.bind(1, textures.labels);
    for (let group = 0; group < this.#groups; group += 1) this.#pass.bind(2 + group, textures.state(group));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    endPasses(this.#device);
    const values = await readTarget(this.#device, this.#target, 0, this.#target.height, 'rgba32f');
    return { step, cells: Array.from({ length: 9 }, (_, index) => this.#recordOf(values, index, x, y)) };
  }

  dispose(): void {
    this.#pass.dispose();
    this.#device.freeTarget(this.#target);
    this.#device.freeTexture(this.#texture);
  }

  #recordOf(values: Float32Array, index: number, x: number, y: number): CellRecord {
    const { channels: layout, classification } = this.#specification;
    const at = (row: number) => (row * 9 + index) * 4;
    const [ink, lives, label, confidence] = values.subarray(at(0), at(0) + 4);
    const channels = Float32Array.from({ length: layout.count }, (_, channel) =>
      channel === layout.ink ? ink : values[at(1 + (channel >> 2)) + (channel & 3)],
    );
    return {
      x: x + (index % 3) - 1,
      y: y + Math.floor(index / 3) - 1,
      ink,
      isAlive: lives > 0.5,
      label: ink <= classification.inkThreshold ? NO_INK : label < 0.5 ? UNDECIDED : Math.round(label) - 1,
      confidence,
      channels,
    };
  }
}
