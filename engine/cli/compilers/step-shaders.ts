/**
 * The shaders of a step for each model and strategy, as the page passes them to WebGL2, but without a browser or a GPU.
 */
import type { ViteDevServer } from 'vite';
import type { Model } from '../../common/model/weights.ts';
import type { createStepProgram } from '../../automaton/programs/choose.ts';
import type { StepProgram } from '../../automaton/programs/step-program.ts';
import type { StepMoment } from '../../automaton/block-pass.ts';
import type { StepState } from '../../automaton/slot-store.ts';
import type { groupRanges } from '../../automaton/state-pair.ts';
import type { Device } from '../../gpu/device.ts';
import { PROJECT_FOLDER } from '../site.ts';

export interface StepShader {
  readonly fragment: string;
  /** The number of textures that it draws to. */
  readonly targets: number;
  /** How often it is drawn in a step. */
  readonly runs: number;
}

type CreateStepProgram = typeof createStepProgram;
type GroupRanges = typeof groupRanges;

/** Those of a desktop GPU of the last ten years. */
const CAPABILITIES = {
  drawBuffers: 8,
  floatTargets: true,
  halfFloatTargets: true,
  timerQueries: true,
  parallelCompile: true,
  textureSize: 16_384,
  textureLayers: 2_048,
  textureUnits: 16,
  uniformBlockBytes: 65_536,
  uniformBlocks: 12,
};

/** The size of the slot textures, small enough for a layered program to process them in one band. */
const SHAPE = { width: 256, height: 128 };

/** Loads shaders through Vite, as the page does. Call {@link close} at the end. */
export class StepShaders {
  readonly #server: ViteDevServer;
  readonly #create: CreateStepProgram;
  readonly #groupRanges: GroupRanges;

  private constructor(server: ViteDevServer, create: CreateStepProgram, groupRanges: GroupRanges) {
    this.#server = server;
    this.#create = create;
    this.#groupRanges = groupRanges;
  }

  static async open(): Promise<StepShaders> {
    const { createServer } = await import('vite');
    const server = await createServer({
      configFile: false,
      root: PROJECT_FOLDER,
      appType: 'custom',
      logLevel: 'error',
      // Shaders as in a build, without the marks for live editing.
      mode: 'production',
      define: { 'import.meta.env.DEV': 'false' },
      server: { middlewareMode: true, watch: null },
      optimizeDeps: { noDiscovery: true },
    });
    const choose = (await server.ssrLoadModule('/engine/automaton/programs/choose.ts')) as {
      createStepProgram: CreateStepProgram;
    };
    const statePair = (await server.ssrLoadModule('/engine/automaton/state-pair.ts')) as { groupRanges: GroupRanges };
    return new StepShaders(server, choose.createStepProgram, statePair.groupRanges);
  }

  /**
   * The shaders of a step, in the order in which they are first drawn.
   * @throws CapabilityError if the model's weights do not fit on a GPU in this form
   */
  async of(model: Model, strategy: string): Promise<StepShader[]> {
    const recorder = new Recorder();
    const groups = Math.ceil(model.specification.channels.count / 4);
    const ranges = this.#groupRanges(groups, CAPABILITIES.drawBuffers);
    const program: StepProgram = await this.#create(recorder.device, model, ranges, strategy);
    program.run(recorder.stateOf(groups, ranges.length), SHAPE.height, MOMENT);
    return recorder.drawn;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

const MOMENT: StepMoment = { seed: 0, step: 0, dropout: 0.5, noise: 0, updateScale: 1, cellFiring: false };

/** A stand-in for a GPU: records which programs are created and how often each is drawn, and computes nothing. */
class Recorder {
  readonly #fragments = new Map<object, string>();
  readonly #runs = new Map<string, number>();
  #current: object | null = null;
  readonly device: Device;

  constructor() {
    const calls: Record<string, (...values: never[]) => unknown> = {
      useProgram: (program: object) => void (this.#current = program),
      drawArrays: () => this.#count(),
    };
    const gl = new Proxy(calls, { get: (_, name) => calls[String(name)] ?? (() => 0) });
    const texture = { handle: {}, ...SHAPE };
    const device = {
      gl,
      capabilities: CAPABILITIES,
      createProgram: (_vertex: string, fragment: string) => {
        const program = {};
        this.#fragments.set(program, fragment);
        return Promise.resolve({ program, uniformSetters: {} });
      },
      createTexture: () => texture,
      createTextureArray: () => texture,
      createLayerTarget: () => TARGET,
      createUniformBuffer: () => ({}),
      freeProgram: () => undefined,
    };
    // Everything that creating and running a step needs from a device.
    this.device = device as unknown as Device;
  }

  stateOf(groups: number, ranges: number): StepState {
    const side = {
      textures: Array.from({ length: groups }, () => ({ handle: {} })),
      targets: Array.from({ length: ranges }, () => TARGET),
    };
    const links = [{ handle: {} }, { handle: {} }];
    return { groups, width: SHAPE.width, rows: SHAPE.height, links, now: side, next: side } as unknown as StepState;
  }

  get drawn(): StepShader[] {
    return [...this.#runs].map(([fragment, runs]) => ({ fragment, runs, targets: targetsOf(fragment) }));
  }

  #count(): void {
    const fragment = this.#current && this.#fragments.get(this.#current);
    if (fragment !== null && fragment !== undefined) this.#runs.set(fragment, (this.#runs.get(fragment) ?? 0) + 1);
  }
}

const TARGET = { framebuffer: {}, ...SHAPE };

function targetsOf(fragment: string): number {
  return Number(/^#define TARGETS (\d+)$/m.exec(fragment)?.[1] ?? 1);
}
