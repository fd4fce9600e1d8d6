/** The shaders of a step, for each model and strategy, as the page hands them to WebGL2: without a browser or a GPU. */
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
  /** Textures that it draws. */
  readonly targets: number;
  /** How often it is drawn in a step. */
  readonly runs: number;
}

type CreateStepProgram = typeof createStepProgram;
type GroupRanges = typeof groupRanges;

/** Of a desktop GPU of the last ten years. */
const CAPABILITIES = {
  drawBuffers: 8,
  floatTargets: true,
  halfFloatTargets: true,
  timerQueries: true,
  parallelCompile: true,
  textureSize: 16_384,
  textureLayers: 2_048,
  uniformBlockBytes: 65_536,
  uniformBlocks: 12,
};

/** Of the slots' textures: so few that a layered program does them as one band. */
const SHAPE = { width: 256, height: 128 };

/** Loads shaders through Vite, as the page does; {@link close} it. */
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
      // Shaders as a build has them, without the marks for whoever edits them.
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
   * @throws CapabilityError if a GPU has no room for the model's weights in this form
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

/** Stands in for a GPU: knows which programs are made and how often each is drawn, and computes nothing. */
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
    // All that making and running a step asks of a device.
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
