/** The engine inside a pixi scene: {@link createPixiSimulation} shares the renderer's WebGL2 context. */
export { createPixiSimulation, PixiSimulation, type PixiSimulationOptions } from './pixi-simulation.ts';
export { DigitCommands, type CanvasInfo } from './commands.ts';
export type { ModelSource } from './model-source.ts';
export {
  SimulationError,
  type BrushOptions,
  type CanvasLayout,
  type DigitStatistics,
  type LabelRecord,
  type StateRecord,
  type Statistics,
  type StrokePoint,
} from '../automaton/types.ts';
export { ModelError } from '../common/model/model-error.ts';
export { DeviceError } from '../gpu/device-error.ts';
export { PALETTES, type PaletteName } from '../view/palettes.ts';
export { type View, VIEWS } from '../view/views.ts';
