/** The report of what has run, which every process of a run adds to. */
import { CoverageReport } from 'monocart-coverage-reports';
import { REPORT_FOLDER } from './folder.ts';

/** The project's own sources, without tests and what serves them. */
const MEASURED = /(?:^|\/)((?:engine|training)\/(?!cli\/counting\/)(?!.*\.test\.ts$).*\.ts)$/;

/** What the built site's sources are bundled into. */
const BUNDLE = /^http:.*\/assets\/[^/]*\.js$/;

/** @returns what V8 counts is added to, in any process, and what in the end makes a report of it all */
export function openReport(): CoverageReport {
  return new CoverageReport({
    name: 'What the tests run',
    outputDir: REPORT_FOLDER,
    logging: 'error',
    entryFilter: ({ url }) => MEASURED.test(url) || BUNDLE.test(url),
    // A script made of one source knows it by its name alone.
    sourcePath: (path, { distFile = '' }) => (MEASURED.exec(path) ?? MEASURED.exec(distFile))?.[1] ?? path,
    sourceFilter: (path) => MEASURED.test(path),
    reports: [
      ['v8'],
      ['markdown-details', { outputFile: 'holes.md', maxCols: 1000, metrics: ['branches', 'functions', 'lines'] }],
    ],
  });
}
