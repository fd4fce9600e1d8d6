/** A canvas of digits as part of another program's pixi scene, on the WebGL2 context of its renderer. */
import type { Container, Renderer, WebGLRenderer } from 'pixi.js';
import { checkLayout, checkSeed, checkWhole } from '../session/arguments.ts';
import { Editor } from '../session/editor.ts';
import { FrameFence } from '../session/pacing.ts';
import { Simulation } from '../automaton/simulation.ts';
import type { LabelRecord, StateRecord, Statistics } from '../automaton/types.ts';
import { DeviceError } from '../gpu/device-error.ts';
import { openWithRetry } from '../gpu/retry-on-context-loss.ts';
import { CanvasMesh } from '../view/canvas-mesh.ts';
import { CellColors, type Look } from '../view/cell-colors.ts';
import { leaveDefaults } from '../view/gl-defaults.ts';
import { makePalette, type PaletteName } from '../view/palettes.ts';
import type { View } from '../view/views.ts';
import { DigitCommands } from './commands.ts';
import { loadModel, type ModelSource } from './model-source.ts';

/** The options of {@link createPixiSimulation}. Only the model is required. */
export interface PixiSimulationOptions {
  /** The address of a baked model (.ktx2), or its bytes. */
  readonly model: ModelSource;
  /** The number of tiles from left to right; 4 by default. */
  readonly columns?: number;
  /** The number of tiles from top to bottom; 4 by default. */
  readonly rows?: number;
  /** The number of cells from one tile to the next, at least 28; 32 by default. */
  readonly tile?: number;
  /** An unsigned 32-bit integer; 1 by default. */
  readonly seed?: number;
  /** Whether every tile begins with a handwritten digit; true by default. */
  readonly fill?: boolean;
  /** The target number of steps per second; 30 by default. */
  readonly stepsPerSecond?: number;
  readonly palette?: PaletteName;
  readonly view?: View;
}

/** The maximum number of steps in one update, so that a slow frame is not followed by an even slower one. */
const MOST_STEPS = 8;

/** A simulation in a pixi scene, created by {@link createPixiSimulation}. */
export class PixiSimulation extends DigitCommands {
  /** The container to add to the scene: a rectangle of {@link CanvasInfo.width} × height, with one unit per cell. */
  readonly view: Container;
  /** The target number of steps per second; 0 stops time. */
  stepsPerSecond: number;
  /** @internal */
  protected override readonly simulation: Simulation;
  /** @internal */
  protected override readonly editor: Editor;
  readonly #renderer: WebGLRenderer;
  readonly #mesh: CanvasMesh;
  readonly #fence: FrameFence;
  #colors: CellColors;
  #look: Look;
  #owedSteps = 0;
  #drawnVersion = -1;
  #live = true;

  /** @internal */
  constructor(renderer: WebGLRenderer, simulation: Simulation, colors: CellColors, look: Look, rate: number) {
    super();
    this.simulation = simulation;
    this.editor = new Editor(simulation, simulation.seed, () => this.#live);
    this.stepsPerSecond = rate;
    this.#renderer = renderer;
    this.#colors = colors;
    this.#mesh = new CanvasMesh(renderer);
    this.#fence = new FrameFence(renderer.gl);
    this.view = this.#mesh.mesh;
    this.#look = look;
    this.#applyLook();
    renderer.view.canvas.addEventListener?.('webglcontextlost', this.#onLost);
    renderer.view.canvas.addEventListener?.('webglcontextrestored', this.#onRestored);
  }

  /** Sets what the colours show, and the palette. */
  setLook({ palette, view }: { palette?: PaletteName; view?: View }): void {
    const { classes } = this.simulation.model.specification;
    this.#look = {
      ...this.#look,
      ...(palette === undefined ? {} : { palette: makePalette(palette, classes) }),
      ...(view === undefined ? {} : { view }),
    };
    this.#applyLook();
  }

  /**
   * Runs the steps that are due and colours the cells. Call it once per frame before pixi renders, for example from a
   * listener of the application's ticker. It leaves the context as pixi expects it, and never waits for the GPU.
   * @param elapsedMilliseconds the time since the last call, such as `ticker.deltaMS`
   */
  update(elapsedMilliseconds: number): void {
    if (!this.#live) return;
    if (!this.#fence.passed()) {
      // Commands since the last frame may have drawn something.
      this.#handOver();
      return;
    }
    const owed = this.#owedSteps + (Math.max(0, elapsedMilliseconds) / 1000) * this.stepsPerSecond;
    const steps = Math.min(MOST_STEPS, Math.floor(owed));
    // Steps that the GPU cannot catch up on are dropped, so the rate decreases.
    this.#owedSteps = Math.min(owed - steps, 1);
    this.#run(steps);
  }

  /** Runs exactly `count` steps immediately, and resolves when the GPU has done them. */
  async step(count = 1): Promise<void> {
    this.editor.changes.assertLive();
    this.#run(checkWhole('The number of steps', count, 0, 10_000));
    await this.simulation.settled();
  }

  /**
   * Removes the simulation from the scene and frees everything that it uses on the GPU. The renderer keeps running.
   * Later calls throw.
   */
  dispose(): void {
    if (!this.#live) return;
    this.#live = false;
    const { canvas } = this.#renderer.view;
    canvas.removeEventListener?.('webglcontextlost', this.#onLost);
    canvas.removeEventListener?.('webglcontextrestored', this.#onRestored);
    this.view.removeFromParent();
    this.#fence.drop();
    this.#mesh.dispose();
    this.#colors.dispose();
    this.simulation.dispose();
    this.simulation.device.dispose();
    this.#renderer.resetState();
  }

  #run(steps: number): void {
    const { simulation } = this;
    const { gl } = simulation.device;
    const isStale = steps > 0 || simulation.version !== this.#drawnVersion;
    if (isStale) {
      leaveDefaults(gl);
      simulation.time.advance(steps);
      simulation.textures.refreshLabels();
      const { width, height } = simulation.canvas;
      this.#colors.draw(simulation, this.#look, { x: 0, y: 0, width, height });
      this.#drawnVersion = simulation.version;
      this.#fence.raise();
    }
    const { a, b, c, d } = this.view.worldTransform;
    const scale = Math.sqrt(Math.abs(a * d - b * c)) * this.#renderer.resolution;
    this.#mesh.update({
      colors: this.#colors.texture,
      bounds: simulation.textures.tileBounds(),
      background: this.#colors.background,
      cellsPerPixel: scale > 0 ? 1 / scale : 1,
      tile: simulation.layout.tile,
      grid: this.#look.grid,
    });
    this.#handOver();
  }

  override measure(): Promise<Statistics> {
    return this.#handOver(super.measure());
  }

  override readState(): Promise<StateRecord> {
    return this.#handOver(super.readState());
  }

  override readLabels(): Promise<LabelRecord> {
    return this.#handOver(super.readLabels());
  }

  /** Hands the context back to pixi and resets pixi's cached view of its state. */
  #handOver<Result>(result?: Result): Result {
    leaveDefaults(this.#renderer.gl);
    this.#renderer.resetState();
    return result as Result;
  }

  #applyLook(): void {
    this.#colors.setPalette(this.#look.palette);
    this.#mesh.gridColor = this.#look.palette.grid;
    this.#drawnVersion = -1;
    this.#renderer.resetState();
  }

  readonly #onLost = (): void => {
    this.#live = false;
    this.#fence.drop();
  };

  readonly #onRestored = (): void => {
    void this.#restore();
  };

  async #restore(): Promise<void> {
    await this.simulation.restore();
    this.#colors = await CellColors.create(this.simulation.device);
    this.#live = true;
    this.#applyLook();
  }
}

/**
 * Creates a canvas of self-classifying digits for a pixi scene. It shares the renderer's WebGL2 context.
 *
 * ```js
 * import { Application } from 'pixi.js';
 * import { createPixiSimulation } from 'self-classifying-digits/pixi';
 *
 * const app = new Application();
 * await app.init({ preference: 'webgl', resizeTo: window });
 * document.body.append(app.canvas);
 * const digits = await createPixiSimulation(app.renderer, { model: './models/accurate.ktx2' });
 * app.stage.addChild(digits.view);
 * app.ticker.add(({ deltaMS }) => digits.update(deltaMS));
 * ```
 *
 * @throws DeviceError if the renderer does not use WebGL2, or if its GPU lacks what the engine needs
 * @throws ModelError if the model cannot be fetched or used
 * @throws RangeError or SimulationError if an option is out of range or the canvas is too large for the GPU
 */
export async function createPixiSimulation(
  renderer: Renderer,
  options: PixiSimulationOptions,
): Promise<PixiSimulation> {
  const { columns = 4, rows = 4, tile = 32, seed = 1, stepsPerSecond = 30, palette = 'seed', view = 'label' } = options;
  const layout = checkLayout({ columns, rows, tile });
  checkSeed(seed);
  const webgl = webglRenderer(renderer);
  const model = await loadModel(options.model);
  const device = await openWithRetry(webgl.gl);
  const simulation = await Simulation.create(device, { model, layout, seed });
  const colors = await CellColors.create(device);
  const look: Look = {
    palette: makePalette(palette, model.specification.classes),
    view,
    channels: [0, 1, 2],
    grid: false,
  };
  const pixi = new PixiSimulation(webgl, simulation, colors, look, stepsPerSecond);
  if (options.fill !== false) await pixi.fill();
  await pixi.step(0);
  return pixi;
}

function webglRenderer(renderer: Renderer): WebGLRenderer {
  if ('gl' in renderer && renderer.gl instanceof WebGL2RenderingContext) return renderer;
  throw new DeviceError('The pixi renderer does not use WebGL2. Request it with `preference: "webgl"`.');
}
