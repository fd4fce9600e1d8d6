/** Fits a preset to the data that a run is given: its classes, and what it draws from pen strokes. */
import { DIGIT_CLASSES } from '../../engine/common/model/architectures.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { withStrokes } from '../presets/strokes.ts';
import { withClasses } from './class-file.ts';
import { classesOfData, type DataChoice } from './source.ts';

/**
 * The recipe with the classes of the data, if it has its own, and with strokes if there are any. Strokes of classes that
 * MNIST lacks are drawn without images, unless images are named.
 * @throws DataError or UserError if the data's classes cannot be used
 */
export function recipeForData(preset: Recipe, choice: DataChoice): Recipe {
  const file = classesOfData(choice, preset.model.classes);
  const drawn = choice.strokes === undefined ? preset : withStrokes(preset);
  if (file === null) return drawn;
  const recipe = { ...drawn, model: withClasses(drawn.model, file) };
  const { strokes } = recipe;
  if (strokes === null || choice.strokes === undefined) return recipe;
  const isDigit = (name: string): boolean => DIGIT_CLASSES.some((entry) => entry.name === name);
  const areDigits = file.classes.every(({ name }) => isDigit(name));
  const lacksImages = choice.data === undefined && !choice.synthetic && !areDigits;
  // What looks like none of the ten digits may well look like one of other classes.
  const areTheDigits = areDigits && file.classes.length === DIGIT_CLASSES.length;
  const others = file.none ?? strokes.others ?? (areTheDigits ? null : []);
  return {
    ...recipe,
    strokes: {
      ...strokes,
      share: lacksImages ? 1 : strokes.share,
      others,
      none: others?.length === 0 ? 0 : strokes.none,
    },
  };
}
