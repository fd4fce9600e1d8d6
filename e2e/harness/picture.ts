/** A simulation on the screen without the page, for tests that compare its picture. */
import { Simulation } from '../../engine/automaton/simulation.ts';
import { CONTEXT_ATTRIBUTES } from '../../engine/gpu/context.ts';
import { Device } from '../../engine/gpu/device.ts';
import { Camera, type Extent } from '../../engine/view/camera.ts';
import { CellColors } from '../../engine/view/cell-colors.ts';
import { makePalette } from '../../engine/view/palettes.ts';
import { Scene } from '../../engine/view/scene.ts';
import type { View } from '../../engine/view/views.ts';
import { blots, type PictureCase, pictureLayout, PICTURE_SEEDS, SPECIFICATIONS } from './made-up.ts';
import { randomModel } from './random-model.ts';
import { shippedModel } from './shipped-model.ts';

export interface PictureLook {
  readonly view: View;
  readonly channels: readonly [number, number, number];
  /** Lines between tiles. */
  readonly grid?: boolean;
  /** Of the canvas element, in CSS pixels. */
  readonly stage: Extent;
  /** 1 by default. */
  readonly devicePixelRatio?: number;
  /** The cell position in the middle, and CSS pixels a cell; the whole canvas by default. */
  readonly camera?: { readonly x: number; readonly y: number; readonly pixelsPerCell: number };
}

interface Shown {
  readonly canvas: HTMLCanvasElement;
  readonly simulation: Simulation;
  readonly scene: Scene;
  readonly dispose: () => void;
}

let shown: Shown | null = null;

/**
 * Runs a made-up model on a canvas, which takes the place of the one before.
 * @throws what creating it throws
 */
export async function showSimulation(options: PictureCase): Promise<void> {
  shown?.dispose();
  shown = null;
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
  if (!gl) throw new Error('There is no WebGL2 here.');
  const device = Device.open(gl);
  const layout = pictureLayout(options);
  const { specification, shipped: isShipped } = options;
  const model = isShipped
    ? await shippedModel(specification)
    : randomModel(SPECIFICATIONS[specification], PICTURE_SEEDS.model);
  const simulation = await Simulation.create(device, {
    model,
    layout,
    seed: PICTURE_SEEDS.chance,
    strategy: options.strategy,
    firing: options.firing,
  });
  simulation.time.dropout = options.dropout;
  const { width, height } = simulation.canvas;
  const rectangle = { x: 0, y: 0, width, height };
  const ink = blots(options.size, PICTURE_SEEDS.ink);
  simulation.edits.apply({ kind: 'stamp', ink, rectangle, options: { combine: 'replace', keepState: false } });
  simulation.reset(PICTURE_SEEDS.chance);
  simulation.time.advance(options.steps);
  const palette = makePalette('seed', model.specification.classes);
  const look = { palette, view: 'label', channels: [0, 0, 0], grid: false } as const;
  const scene = await Scene.create(canvas, device, await CellColors.create(device), look);
  document.body.append(canvas);
  const dispose = (): void => {
    scene.dispose();
    simulation.dispose();
    canvas.remove();
  };
  shown = { canvas, simulation, scene, dispose };
}

/** Shows the simulation in another way; settled when the picture is on the screen. */
export async function showLook({
  view,
  channels,
  grid = false,
  stage,
  devicePixelRatio = 1,
  camera,
}: PictureLook): Promise<void> {
  if (!shown) throw new Error('No simulation is shown.');
  const { canvas, simulation, scene } = shown;
  canvas.style.cssText = `display: block; width: ${stage.width}px; height: ${stage.height}px`;
  scene.resize(stage.width, stage.height, devicePixelRatio);
  scene.look = { palette: makePalette('seed', simulation.model.specification.classes), view, channels, grid };
  scene.setVotes(simulation.layout, await simulation.measurement.measure());
  const place = new Camera(stage, simulation.canvas);
  if (camera) place.lookAt(camera.x, camera.y, camera.pixelsPerCell);
  const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  await frame();
  scene.draw([simulation], place);
  // The one that shows it, and one more that has it on the screen.
  await frame();
  await frame();
}
