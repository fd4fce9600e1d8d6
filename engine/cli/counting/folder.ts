/** Where what was counted is kept, and whether anything is counted at all. */
import { join } from 'node:path';

const PROJECT_FOLDER = join(import.meta.dirname, '..', '..', '..');

export const COVERAGE_FOLDER = join(PROJECT_FOLDER, 'coverage');

/** What was counted, until it is put together, and what is made of it then. */
export const REPORT_FOLDER = join(COVERAGE_FOLDER, 'report');

/** Set by `npm run coverage` for all that it runs: the site is built with source maps, and tests count. */
export const IS_COUNTED = process.env['NCA_COVERAGE'] === '1';
