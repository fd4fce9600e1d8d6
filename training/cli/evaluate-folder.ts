/** `npm run evaluate -- --model FOLDER`: a table of all baked models of a folder. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, UserError } from '../../engine/command-line/command.ts';
import { parseInputFile } from '../../engine/command-line/files.ts';
import type { BackendName } from '../backend/backend.ts';
import { readModel } from '../bake/imported-model.ts';
import { renderModelTable } from '../cards/model-table.ts';
import type { Digits } from '../digits/digits.ts';
import { evaluateModel, type Evaluation } from '../evaluation/evaluate.ts';
import { ExaminerTeam } from '../evaluation/examiner-team.ts';

export interface FolderOptions {
  readonly backend: BackendName;
  readonly workers: number | null;
  readonly seeds: readonly number[];
  readonly progress: (done: number, total: number) => void;
}

/**
 * The paths of the models in a folder, in the order of their names.
 * @throws UsageError if an option is given that is for one model
 * @throws UserError if there are none
 */
export function findModels(folder: string, values: Readonly<Record<string, unknown>>): string[] {
  const single = ['card', 'write', 'strokes', 'merge', 'robustness', 'json'].find((name) => values[name] !== undefined);
  if (single !== undefined) throw new UsageError(`--${single} is for one model, and "${folder}" is a folder.`);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ktx2'));
  if (files.length === 0) throw new UserError(`There is no model (.ktx2) in the folder "${folder}".`);
  return files.sort().map((file) => join(folder, file));
}

/** Evaluates models one after the other on the digits that `open` gives for their classes; the table is Markdown. */
export async function tableOfModels(
  paths: readonly string[],
  open: (classNames: readonly string[]) => Promise<Digits>,
  options: FolderOptions,
): Promise<string> {
  const { backend, workers, seeds, progress } = options;
  const evaluations: Record<string, Evaluation> = {};
  for (const path of paths) {
    const model = parseInputFile(path, readModel);
    const digits = await open(model.specification.classes.map(({ name }) => name));
    const team = await ExaminerTeam.start(model, { backend, workers });
    try {
      evaluations[model.specification.name] = await evaluateModel(team, { digits, seeds, driftDigits: 0, progress });
    } finally {
      await team.close();
    }
  }
  return renderModelTable(evaluations);
}
