/** The files of a run's folder, and moving those of an earlier run out of the way. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../engine/command-line/files.ts';
import { checkpointPaths } from './checkpoint.ts';
import { LOOKS_NAME, METRICS_NAME } from './metrics.ts';

/** The finished model. */
export const MODEL_NAME = 'model.ktx2';
/** The report on the run. */
export const REPORT_NAME = 'report.html';

/**
 * Moves the files of an earlier run into a folder of their own beside the new ones: `earlier-1`, `earlier-2` and so on.
 * @returns the folder, or null if there was no earlier run
 */
export function setAsideEarlierRun(folder: string): string | null {
  const { last, previous } = checkpointPaths('');
  const files = [last, previous, MODEL_NAME, REPORT_NAME, METRICS_NAME, LOOKS_NAME].filter((name) =>
    existsSync(join(folder, name)),
  );
  if (files.length === 0) return null;
  let number = 1;
  while (existsSync(join(folder, `earlier-${number}`))) number += 1;
  const aside = join(folder, `earlier-${number}`);
  makeFolder(aside);
  for (const name of files) renameSync(join(folder, name), join(aside, name));
  return aside;
}
