import type { Recipe, StrokeRule } from './recipe-schema.ts';

/** Digits as anybody draws them on the page: what `train --strokes` adds to a recipe that has no rule of its own. */
export const ANY_HAND: StrokeRule = {
  share: 0.5,
  even: 'classes',
  weights: {},
  rareForms: 0.2,
  none: 0.2,
  others: null,
  height: [10, 52],
  radius: [0.8, 3],
  rotationDegrees: [-30, 30],
  slant: [-0.2, 0.2],
  stretch: [0.7, 1.4],
  bitten: 0.1,
  erased: 0.2,
  takeOver: 0.2,
  longRollout: { cells: 450, steps: 30 },
};

/**
 * The recipe with the rule above, and with what a cell should say of ink that is no class; or as it is if it has a rule.
 */
export function withStrokes(recipe: Recipe): Recipe {
  return recipe.strokes ? recipe : { ...recipe, strokes: ANY_HAND, loss: { ...recipe.loss, undecided: -0.2 } };
}
