/**
 * The engine as a library: {@link createSimulation} puts a canvas of self-classifying digits on any page. For use
 * inside a pixi scene, see `pixi.ts`.
 */
export {
  createSimulation,
  DigitSimulation,
  type SimulationEvents,
  type SimulationOptions,
} from './create-simulation.ts';
export { DigitCommands, type CanvasInfo } from './commands.ts';
export type { ModelSource } from './model-source.ts';
export {
  INITIAL_VALUES,
  SETTINGS,
  TOOLS,
  SettingError,
  type ChoiceSetting,
  type NumberSetting,
  type Setting,
  type SettingName,
  type SettingValues,
  type SwitchSetting,
  type Tool,
} from '../session/settings.ts';
export {
  SimulationError,
  type BrushOptions,
  type CanvasLayout,
  type DigitStatistics,
  type FiringMode,
  type LabelRecord,
  type StateRecord,
  type Statistics,
  type StrokePoint,
} from '../automaton/types.ts';
export type { SavedCanvas } from '../automaton/saved-canvas.ts';
export { ModelError } from '../common/model/model-error.ts';
export { RealClock, SteppedClock, type Cancel, type Clock } from '../core/clock.ts';
export { DeviceError } from '../gpu/device-error.ts';
export { PALETTES, type PaletteName } from '../view/palettes.ts';
export { type View, VIEWS } from '../view/views.ts';
