/** Where coverage data is stored, and whether any is collected at all. */
import { join } from 'node:path';

const PROJECT_FOLDER = join(import.meta.dirname, '..', '..', '..');

export const COVERAGE_FOLDER = join(PROJECT_FOLDER, 'coverage');

/** The collected data, and the report that is made of it at the end. */
export const REPORT_FOLDER = join(COVERAGE_FOLDER, 'report');

/**
 * Set by `npm run coverage` for everything that it runs: the site is built with source maps, and tests collect
 * coverage.
 */
export const IS_COUNTED = process.env['NCA_COVERAGE'] === '1';
