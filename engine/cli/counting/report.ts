/** The coverage report, to which every process of a run adds its data. */
import { CoverageReport } from 'monocart-coverage-reports';
import { REPORT_FOLDER } from './folder.ts';

/** The project's own sources, without tests and their helpers. */
const MEASURED = /(?:^|\/)((?:engine|training)\/(?!cli\/counting\/)(?!.*\.test\.ts$).*\.ts)$/;

/** The bundles of the built site. */
const BUNDLE = /^http:.*\/assets\/[^/]*\.js$/;

/** @returns the report to which any process adds V8's data, and which generates the output at the end */
export function openReport(): CoverageReport {
  return new CoverageReport({
    name: 'What the tests run',
    outputDir: REPORT_FOLDER,
    logging: 'error',
    entryFilter: ({ url }) => MEASURED.test(url) || BUNDLE.test(url),
    // A script that was made from a single source only has the source's file name.
    sourcePath: (path, { distFile = '' }) => (MEASURED.exec(path) ?? MEASURED.exec(distFile))?.[1] ?? path,
    sourceFilter: (path) => MEASURED.test(path),
    reports: [
      ['v8'],
      ['markdown-details', { outputFile: 'holes.md', maxCols: 1000, metrics: ['branches', 'functions', 'lines'] }],
    ],
  });
}
