/** Makes a course of a request: the model with room for the new signs, and everything that is drawn to learn them. */
import type { Stroke } from '../../common/handwriting/stroke.ts';
import type { ModelClass, ModelSpecification } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import { Random } from '../../common/random/random.ts';
import { flattenWeights } from '../rollout/layers.ts';
import { drawShape, SHAPE_NAMES, type ShapeName } from '../strokes/shapes.ts';
import { checkSigns, looksLike, soundDrawings } from './check-signs.ts';
import { Course, type Lesson } from './course.ts';
import { extendModel } from './extend-model.ts';
import { repertoireOf } from './known-things.ts';
import type { PupilSettings } from './pupil.ts';
import type { TeachRecipe } from './recipe.ts';
import { roomFor } from './room.ts';
import type { Sign } from './sign.ts';
import { TeachError } from './teach-error.ts';
import { storedDrawings } from './stored-drawings.ts';

/** A course before its first step. */
export interface Preparation {
  readonly course: Course;
  readonly settings: PupilSettings;
  /** The model that is taught, with its classes and units, and weights that compute the same as before. */
  readonly model: Model;
  /** For each sign of the request the drawings that are learnt from, in units of their larger sides. */
  readonly learnt: readonly (readonly (readonly Stroke[])[])[];
  /** For each sign of the request its class, and drawings that are not learnt from. */
  readonly heldBack: readonly Lesson[];
}

/** Every so many drawings one is held back, if there are at least as many. */
const HELD_BACK_EVERY = 5;

/**
 * @throws TeachError for the first error that `checkSigns` finds
 */
export function prepareCourse(model: Model, signs: readonly Sign[], recipe: TeachRecipe, seed: number): Preparation {
  const [issue] = checkSigns(model.specification, signs);
  if (issue?.severity === 'error') throw new TeachError(issue);
  const { classes } = model.specification;
  const newClasses = newClassesOf(model.specification, signs);
  const stored = storedDrawings(model.specification);
  const room = roomFor(model.specification, newClasses, recipe);
  const extended = extendModel(model, room, seed);
  const labelOf = ({ name }: Sign): number => extended.specification.classes.findIndex((known) => known.name === name);
  const drawings = signs.map(soundDrawings);
  const learnt = drawings.map((all) => all.filter((_, place) => !isHeldBack(place)));
  const lessons = signs.map((sign, index): Lesson => {
    // A sign that is taught once more keeps its earlier drawings.
    const before = stored.filter(({ name }) => name === sign.name).flatMap((known) => known.drawings);
    return { label: labelOf(sign), drawings: [...before, ...learnt[index]] };
  });
  const heldBack = signs.map((sign, index): Lesson => {
    const kept = drawings[index].filter((_, place) => isHeldBack(place));
    return { label: labelOf(sign), drawings: kept.length > 0 ? kept : drawings[index] };
  });
  const names = new Set(signs.map(({ name }) => name));
  const earlier = stored.filter(({ name }) => !names.has(name)).flatMap((sign) => sign.drawings);
  const course = new Course({
    recipe,
    model: extended,
    lessons,
    earlier,
    repertoire: repertoireOf(
      model.specification,
      new Set(stored.map(({ name }) => name)),
      shapesUnlike(drawings.flat()),
    ),
    seed,
  });
  const settings: PupilSettings = {
    specification: extended.specification,
    before: flattenWeights(extended.specification, extended.weights),
    firstNewClass: classes.length,
    newChannels: Array.from(
      { length: newClasses.length + room.hiddenChannels },
      (_, index) => model.specification.channels.firstLogit + classes.length + index,
    ),
    rollout: recipe.rollout,
    knownLogits: recipe.knownLogits,
    knownHidden: recipe.knownHidden,
  };
  return { course, settings, model: extended, learnt, heldBack };
}

function isHeldBack(place: number): boolean {
  return place % HELD_BACK_EVERY === HELD_BACK_EVERY - 1;
}

/** Signs that the model has no class of yet, each with a colour that is far from the others. */
function newClassesOf({ classes }: ModelSpecification, signs: readonly Sign[]): ModelClass[] {
  const all = [...classes];
  for (const { name, color } of signs) {
    if (all.some((known) => known.name === name)) continue;
    all.push({ name, color: color ?? freshColor(all.map((known) => known.color)) });
  }
  return all.slice(classes.length);
}

/** Bright colours, of which the one is taken that is furthest from those in use. */
const COLORS: readonly ModelClass['color'][] = [
  [255, 64, 180],
  [64, 120, 255],
  [255, 140, 0],
  [150, 60, 230],
  [40, 200, 80],
  [255, 225, 25],
  [0, 200, 255],
  [230, 190, 255],
  [255, 100, 90],
  [120, 90, 60],
];

function freshColor(used: readonly ModelClass['color'][]): ModelClass['color'] {
  const gap = (color: ModelClass['color']): number =>
    Math.min(...used.map((other) => Math.hypot(...color.map((value, index) => value - other[index]))));
  return COLORS.reduce((best, color) => (gap(color) > gap(best) ? color : best));
}

/** Shapes of one kind that are compared with the drawings, and how near they may come. */
const COMPARED_SHAPES = 6;
const LIKE_A_SIGN = 0.055;

/** The kinds of shapes that may be rehearsed as none of the signs. */
function shapesUnlike(drawings: readonly (readonly Stroke[])[]): ShapeName[] {
  const random = new Random(0x73686170);
  return SHAPE_NAMES.filter((name) => {
    const shapes = Array.from({ length: COMPARED_SHAPES }, () => drawShape(random, name));
    return !looksLike(shapes, drawings, LIKE_A_SIGN);
  });
}
