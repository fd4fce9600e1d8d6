/** What a cell and its eight neighbours hold at a moment, for somebody who looks closely at them. */
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
  /** Whether it takes part in steps. */
  readonly isAlive: boolean;
  /** Its class; −1 where there is no ink, −2 where it has not decided. */
  readonly label: number;
  /** Highest logit minus the second, 0…1. */
  readonly confidence: number;
  /** In the model's own order. */
  readonly channels: Float32Array;
}

export interface Neighbourhood {
  readonly step: number;
  /** Nine cells in reading order, the one in question in the middle; beyond the canvas they are empty. */
  readonly cells: readonly CellRecord[];
}

/** The index of the cell in question. */
export const MIDDLE = 4;

/** Owns its program and a target of a few texels. */
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

  /** The cells around (x, y) as of now, once the GPU has them; `simulation` runs the model that the probe was made for. */
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
