/**
 * What the suites of `npm test` count, read from their own JSON reports.
 */
import * as v from 'valibot';

/** The outcome of one suite. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = v.object({
  testResults: v.array(
    v.object({
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string() })),
    }),
  ),
});

const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
});

/** A check without tests of its own, such as the type check, counts as one. */
export function tallyOfCheck(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Counts vitest's JSON report; a file that could not be loaded is one failure. */
export function countVitest(report: unknown): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of v.parse(vitestReport, report).testResults) {
    const failedBefore = tally.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed += 1;
      else tally.skipped += 1;
    }
    if (status === 'failed' && tally.failed === failedBefore) tally.failed += 1;
  }
  return tally;
}

/** Counts Playwright's JSON report; a test that passed only when repeated is a failure. */
export function countPlaywright(report: unknown): Tally {
  const { expected, unexpected, flaky, skipped } = v.parse(playwrightReport, report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * The tally of a suite from its report and its exit code. Green must mean something: a suite whose report is
 * missing or unreadable, that ran no test, or that failed without a failed test, counts one failure.
 * @param text the report, or null if the suite wrote none
 */
export function tallyOfSuite(text: string | null, exitCode: number, count: (report: unknown) => Tally): Tally {
  const none: Tally = { passed: 0, failed: 1, skipped: 0 };
  if (text === null) return none;
  let tally: Tally;
  try {
    tally = count(JSON.parse(text));
  } catch {
    return none;
  }
  const isHollow = tally.passed + tally.failed === 0;
  const failedOtherwise = exitCode !== 0 && tally.failed === 0;
  return isHollow || failedOtherwise ? { ...tally, failed: tally.failed + 1 } : tally;
}

/** All suites together. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
