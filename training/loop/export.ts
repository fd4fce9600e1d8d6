/** The model that a run has made so far. */
import { execFileSync } from 'node:child_process';
import type { ModelSpecification, TrainingRecord } from '../../engine/common/model/specification.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { foldFactored } from '../automaton/factored.ts';
import { nameWeights } from '../../engine/learning/rollout/layers.ts';
import { settingsOf } from '../presets/index.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import type { RunState } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';

/** Where a run's digits come from. */
export interface DataSource {
  /** In words, such as "MNIST training". */
  readonly name: string;
  /** The folder of data that is not MNIST's, as the command named it. */
  readonly folder?: string;
  /** SHA-256 of images and labels, or null for digits that are made as they are needed. */
  readonly digest: string | null;
  /** Files of pen strokes that were drawn from as well, and SHA-256 of each. */
  readonly strokes?: readonly { readonly name: string; readonly digest: string }[];
}

/** The commit of the training package, "-dirty" if its files were changed since; null outside a checkout. */
export function currentCommit(): string | null {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    // What can change a result; the addon's folder builds libraries, not models.
    const sources = [
      ':/training',
      ':/engine/common',
      ':/engine/learning',
      ':!/training/native',
      ':!/engine/common/handwriting',
    ];
    return git('status', '--porcelain', '--untracked-files=no', '--', ...sources) ? `${commit}-dirty` : commit;
  } catch {
    return null;
  }
}

/** The averaged weights as a model that says how it was trained; not yet evaluated. */
export function exportModel(recipe: Recipe, state: RunState, data: DataSource, commit: string | null): Model {
  const training: TrainingRecord = {
    preset: recipe.name,
    steps: state.step,
    seed: recipe.seed,
    data: data.name,
    dataDigest: data.digest,
    ...(data.folder !== undefined && { folder: data.folder }),
    ...(data.strokes && { strokes: [...data.strokes] }),
    commit,
    settings: { ...settingsOf(recipe), ...(state.step < recipe.steps && { steps: String(recipe.steps) }) },
    ...(state.changes.length > 0 && { changes: state.changes }),
    ...(state.earlier.length > 0 && { earlier: [...state.earlier] }),
  };
  const specification: ModelSpecification = { ...recipe.model, training, accuracy: null };
  return foldFactored(specification, recipe.factorFilters, nameWeights(trainedSpecification(recipe), state.average));
}
