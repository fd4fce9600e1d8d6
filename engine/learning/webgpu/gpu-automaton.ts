/**
 * An automaton on a GPU: one dispatch for each step forward and one for each
 * step back, the state and everything between them never leaving the GPU.
 * Batches, routes and chance are those of the other backends.
 */
import { keptUpdateScale, type ModelSpecification } from '../../common/model/specification.ts';
import type { Automaton, Differential, LossOfState, LossOptions, StepSettings } from '../rollout/automaton.ts';
import { NO_CLASS, NoiseTable, type Batch, type StepOptions } from '../rollout/batch.ts';
import { LayerChain, variablesOf } from '../rollout/layers.ts';
import { TAPS } from '../rollout/live-cells.ts';
import { bindGroupLayout, GpuBuffers, type Binding } from './gpu-buffers.ts';
import { GpuError, type Gpu } from './gpu.ts';
import { CELLS_PER_BLOCK, NetworkLayout } from './layout.ts';
import { passSource, type PassName } from './shader-source.ts';
import { Planner, type Plan, type StepPlan } from './planner.ts';
import { STEP_BYTES, STEP_STRIDE, StepTable } from './step-table.ts';

type BufferName =
  | 'steps'
  | 'routes'
  | 'neighbours'
  | 'weights'
  | 'noise'
  | 'state'
  | 'trace'
  | 'slope'
  | 'slopeTrace'
  | 'parts'
  | 'lossWeights'
  | 'labels'
  | 'losses'
  | 'shares'
  | 'gradient'
  | 'results';

/** Labels of rows in `loss.wgsl`: without ink, and with ink that is no class. */
const NO_INK = -1;
const INK_OF_NO_CLASS = -2;

const read = (name: BufferName): Binding<BufferName> => ({ name, use: 'read' });
const write = (name: BufferName): Binding<BufferName> => ({ name, use: 'write' });

/** Buffers of the passes in the order of their bindings. */
const BINDINGS: Record<PassName, readonly Binding<BufferName>[]> = {
  forward: [read('routes'), read('neighbours'), read('weights'), read('noise'), write('state'), write('trace')],
  loss: [{ name: 'lossWeights', use: 'uniform' }, read('labels'), read('state'), write('slope'), write('losses')],
  backward: [
    ...[read('routes'), read('neighbours'), read('weights'), read('trace')],
    ...[write('slope'), write('slopeTrace'), write('parts')],
  ],
  gradient: [read('trace'), read('slopeTrace'), write('shares')],
  sum: [read('shares'), write('gradient')],
};

/** Threads of a workgroup; as in `network.wgsl`. */
const THREADS = 256;
const FLOAT_BYTES = 4;
/** Steps that are handed to the GPU at once where none is looked at. */
const MOST_STEPS_AT_ONCE = 100;

/** A pass with its pipeline. */
interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: readonly Binding<BufferName>[];
}

export class GpuAutomaton implements Automaton {
  readonly #gpu: Gpu;
  readonly #specification: ModelSpecification;
  readonly #chain: LayerChain;
  readonly #layout: NetworkLayout;
  readonly #scale: number;
  readonly #noise: NoiseTable | null;
  readonly #planner: Planner;
  readonly #buffers: GpuBuffers<BufferName>;
  readonly #stepLayout: GPUBindGroupLayout;
  readonly #passes = new Map<string, Pass>();
  #weights: Float32Array;
  readonly #steps = new StepTable();
  #stepGroup: { readonly buffer: GPUBuffer; readonly group: GPUBindGroup } | null = null;

  /** @throws GpuError if the model's layers do not fit the GPU */
  constructor(
    gpu: Gpu,
    specification: ModelSpecification,
    { dropout = specification.step.dropout, noise = specification.step.noise }: StepSettings = {},
  ) {
    this.#gpu = gpu;
    this.#specification = specification;
    this.#chain = new LayerChain(specification);
    this.#scale = specification.step.size * keptUpdateScale(specification, dropout);
    this.#noise = noise > 0 ? new NoiseTable(specification, noise * this.#scale) : null;
    this.#planner = new Planner(dropout, this.#noise);
    this.#weights = new Float32Array(variablesOf(specification).reduce((total, { size }) => total + size, 0));
    this.#layout = new NetworkLayout(specification.channels.count, this.#chain.build(this.#weights, this.#scale));
    const room = gpu.device.limits.maxComputeWorkgroupStorageSize;
    if (this.#layout.workgroupBytes > room) {
      throw new GpuError(
        `The layers of "${specification.name}" need ${this.#layout.workgroupBytes} bytes of a workgroup's memory, and this GPU (${gpu.description}) has ${room}.`,
      );
    }
    this.#buffers = new GpuBuffers(gpu);
    this.#stepLayout = gpu.device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } },
      ],
    });
    this.#buffers.write('noise', this.#noise ? this.#layout.padRows(this.#noise.values) : new Float32Array(1));
  }

  setWeights(flat: Float32Array): void {
    this.#weights = flat;
    this.#buffers.write('weights', this.#layout.pack(this.#chain.build(flat, this.#scale)));
  }

  async run(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array> {
    let current = state;
    for (let done = 0; done < options.steps; done += MOST_STEPS_AT_ONCE) {
      const steps = Math.min(MOST_STEPS_AT_ONCE, options.steps - done);
      current = await this.#runAtOnce(batch, current, { ...options, firstStep: options.firstStep + done, steps });
    }
    return current;
  }

  async #runAtOnce(batch: Batch, state: Float32Array, options: StepOptions): Promise<Float32Array> {
    const plan = this.#upload(batch, state, options);
    this.#buffers.reserve('trace', FLOAT_BYTES);
    this.#writeSteps(batch, plan);
    const encoder = this.#gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.#encodeForward(pass, batch, plan, false);
    pass.end();
    const [result] = await this.#readBack(encoder, [this.#lastState(batch, plan)]);
    return this.#layout.cutRows(result);
  }

  async differentiate(batch: Batch, options: StepOptions, { weights, batchSize }: LossOptions): Promise<Differential> {
    const plan = this.#upload(batch, batch.initialState(), options);
    const lossGroups = Math.max(1, Math.ceil(batch.liveCount / THREADS));
    this.#reserve(batch, plan);
    this.#buffers.reserve('losses', FLOAT_BYTES * 2 * lossGroups);
    this.#buffers.write('labels', this.#labelsOf(batch));
    const { l2, crossEntropy, undecided } = weights;
    const lossWeights = Float32Array.of(l2 / batchSize, crossEntropy / batchSize, undecided);
    const uniform = this.#buffers.reserve('lossWeights', lossWeights.byteLength, GPUBufferUsage.UNIFORM);
    this.#gpu.device.queue.writeBuffer(uniform, 0, lossWeights);
    this.#writeSteps(batch, plan);

    const encoder = this.#gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.#encodeForward(pass, batch, plan, true);
    this.#begin(pass, 'loss');
    this.#dispatch(pass, 2 * plan.steps.length, lossGroups);
    this.#encodeBackward(pass, batch, plan);
    pass.end();

    const [last, gradient, losses] = await this.#readBack(encoder, [
      this.#lastState(batch, plan),
      this.#gradientPart(),
      { name: 'losses', at: 0, length: 2 * lossGroups },
    ]);
    let loss = 0;
    for (let at = 0; at < losses.length; at += 2) {
      loss += (weights.l2 * losses[at] + weights.crossEntropy * losses[at + 1]) / batchSize;
    }
    return { loss, state: this.#layout.cutRows(last), gradient: this.#gradientOf(gradient) };
  }

  async differentiateLoss(batch: Batch, options: StepOptions, lossOf: LossOfState): Promise<Differential> {
    const plan = this.#upload(batch, batch.initialState(), options);
    this.#reserve(batch, plan);
    this.#writeSteps(batch, plan);
    const { device } = this.#gpu;
    const forward = device.createCommandEncoder();
    const there = forward.beginComputePass();
    this.#encodeForward(there, batch, plan, true);
    there.end();
    const [last] = await this.#readBack(forward, [this.#lastState(batch, plan)]);
    const state = this.#layout.cutRows(last);

    const { loss, slope } = lossOf(state);
    this.#buffers.write('slope', this.#layout.padRows(slope));
    const backward = device.createCommandEncoder();
    const back = backward.beginComputePass();
    this.#encodeBackward(back, batch, plan);
    back.end();
    const [gradient] = await this.#readBack(backward, [this.#gradientPart()]);
    return { loss, state, gradient: this.#gradientOf(gradient) };
  }

  /** Makes room for what differentiating needs between the first step and the gradient. */
  #reserve(batch: Batch, plan: Plan): void {
    const { paddedChannels, parameters, weightsLength, inputsLength, unitsLength, shareCount } = this.#layout;
    const sizes: Partial<Record<BufferName, number>> = {
      weights: weightsLength,
      trace: plan.traceRows * inputsLength,
      slopeTrace: plan.traceRows * unitsLength,
      slope: 2 * batch.liveCount * paddedChannels,
      parts: 2 * plan.places * TAPS * paddedChannels,
      shares: shareCount * parameters,
      gradient: parameters,
    };
    for (const [name, length] of Object.entries(sizes)) {
      this.#buffers.reserve(name as BufferName, FLOAT_BYTES * Math.max(1, length));
    }
  }

  #gradientPart(): { name: BufferName; at: number; length: number } {
    return { name: 'gradient', at: 0, length: this.#layout.parameters };
  }

  #gradientOf(matrices: Float32Array): Float32Array {
    return this.#chain.gradient(this.#weights, this.#layout.unpack(matrices), this.#scale);
  }

  dispose(): void {
    this.#buffers.destroy();
  }

  /** Brings a batch and the routes of some steps to the GPU. */
  #upload(batch: Batch, state: Float32Array, options: StepOptions): Plan {
    const { paddedChannels } = this.#layout;
    const padded = this.#layout.padRows(state);
    const buffer = this.#buffers.reserve('state', 2 * padded.byteLength);
    this.#buffers.write('state', padded);
    // Rows that are only seen never change, and are read in either half.
    const inertAt = FLOAT_BYTES * batch.liveCount * paddedChannels;
    const { queue } = this.#gpu.device;
    queue.writeBuffer(buffer, padded.byteLength + inertAt, padded.buffer, padded.byteOffset + inertAt);
    this.#buffers.write('neighbours', batch.neighbours);
    const plan = this.#planner.plan(batch, options);
    this.#buffers.write('routes', plan.routes);
    return plan;
  }

  /** Brings what the shaders know as `step` to the GPU. */
  #writeSteps(batch: Batch, plan: Plan): void {
    const values = this.#steps.fill(batch, plan, this.#layout.paddedChannels);
    const buffer = this.#buffers.reserve('steps', values.byteLength, GPUBufferUsage.UNIFORM);
    this.#gpu.device.queue.writeBuffer(buffer, 0, values);
    if (this.#stepGroup?.buffer === buffer) return;
    const entries = [{ binding: 0, resource: { buffer, size: STEP_BYTES } }];
    const group = this.#gpu.device.createBindGroup({ layout: this.#stepLayout, entries });
    this.#stepGroup = { buffer, group };
  }

  #labelsOf(batch: Batch): Int32Array<ArrayBuffer> {
    const { inkThreshold } = this.#specification.classification;
    const labels = new Int32Array(Math.max(1, batch.liveCount));
    batch.samples.forEach(({ pixels, label }, digit) => {
      const start = batch.starts[digit];
      const inked = label === NO_CLASS ? INK_OF_NO_CLASS : label;
      batch.cells[digit].live.forEach((cell, index) => {
        labels[start + index] = pixels[cell] / 255 < inkThreshold ? NO_INK : inked;
      });
    });
    return labels;
  }

  /** Workgroups of a step: blocks of firing cells, then those of the others. */
  #groupsOf({ liveCount }: Batch, { fired }: StepPlan): number {
    const rowsAGroup = Math.floor(THREADS / this.#layout.paddedChannels);
    return Math.ceil(fired / CELLS_PER_BLOCK) + Math.ceil((liveCount - fired) / rowsAGroup);
  }

  #encodeForward(pass: GPUComputePassEncoder, batch: Batch, { steps }: Plan, trace: boolean): void {
    this.#begin(pass, 'forward', trace);
    steps.forEach((step, index) => this.#dispatch(pass, index, this.#groupsOf(batch, step)));
  }

  /** From the slope of the loss at the last state to the gradient of all matrices. */
  #encodeBackward(pass: GPUComputePassEncoder, batch: Batch, { steps }: Plan): void {
    const { parameters, tileCount, shareCount } = this.#layout;
    const count = steps.length;
    this.#begin(pass, 'backward');
    for (let step = count - 1; step >= 0; step -= 1) {
      this.#dispatch(pass, count + step, this.#groupsOf(batch, steps[step]));
    }
    this.#begin(pass, 'gradient');
    this.#dispatch(pass, 2 * count, tileCount, shareCount);
    this.#begin(pass, 'sum');
    this.#dispatch(pass, 2 * count, Math.ceil(parameters / THREADS));
  }

  #begin(encoder: GPUComputePassEncoder, name: PassName, trace = true): void {
    const { pipeline, layout, bindings } = this.#passOf(name, trace);
    encoder.setPipeline(pipeline);
    encoder.setBindGroup(1, this.#buffers.group(layout, bindings));
  }

  #dispatch(encoder: GPUComputePassEncoder, slot: number, x: number, y = 1): void {
    if (!this.#stepGroup) throw new Error('A pass was dispatched before its step was written.');
    encoder.setBindGroup(0, this.#stepGroup.group, [slot * STEP_STRIDE]);
    encoder.dispatchWorkgroups(x, y);
  }

  /** The pass with its pipeline, made on first use. */
  #passOf(name: PassName, trace: boolean): Pass {
    const key = `${name} ${trace}`;
    let pass = this.#passes.get(key);
    if (!pass) {
      const { channels, classes } = this.#specification;
      const { device } = this.#gpu;
      const constants = {
        trace,
        noise: this.#noise !== null,
        firstLogit: channels.firstLogit,
        logits: classes.length,
      };
      const module = device.createShaderModule({
        label: name,
        code: passSource(this.#gpu.readShader, name, this.#layout, constants),
      });
      const layout = bindGroupLayout(device, BINDINGS[name]);
      const pipeline = device.createComputePipeline({
        label: name,
        layout: device.createPipelineLayout({ bindGroupLayouts: [this.#stepLayout, layout] }),
        compute: { module },
      });
      pass = { pipeline, layout, bindings: BINDINGS[name] };
      this.#passes.set(key, pass);
    }
    return pass;
  }

  #lastState({ rowCount }: Batch, { steps }: Plan): { name: BufferName; at: number; length: number } {
    const length = rowCount * this.#layout.paddedChannels;
    return { name: 'state', at: (steps.length % 2) * length, length };
  }

  /** Submits what is encoded and gives parts of buffers as they are then. */
  async #readBack(
    encoder: GPUCommandEncoder,
    parts: readonly { readonly name: BufferName; readonly at: number; readonly length: number }[],
  ): Promise<Float32Array<ArrayBuffer>[]> {
    const { device } = this.#gpu;
    const total = parts.reduce((sum, { length }) => sum + length, 0);
    const results = this.#buffers.reserve('results', FLOAT_BYTES * total, GPUBufferUsage.MAP_READ);
    let to = 0;
    for (const { name, at, length } of parts) {
      const source = this.#buffers.reserve(name, 0);
      encoder.copyBufferToBuffer(source, FLOAT_BYTES * at, results, FLOAT_BYTES * to, FLOAT_BYTES * length);
      to += length;
    }
    device.queue.submit([encoder.finish()]);
    const bytes = await this.#gpu.read(results, FLOAT_BYTES * total);
    let from = 0;
    return parts.map(({ length }) => {
      const part = new Float32Array(bytes, FLOAT_BYTES * from, length);
      from += length;
      return part;
    });
  }
}
