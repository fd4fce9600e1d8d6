/** Counts the tests of the suites of `npm test`, from their own JSON reports. */
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

/** The tally of a check without tests, such as the type check, which counts as one test. */
export function tallyOfCheck(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Counts vitest's JSON report; a file that could not be loaded counts as one failure. */
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

/** Counts Playwright's JSON report; a test that passed only when retried counts as a failure. */
export function countPlaywright(report: unknown): Tally {
  const { expected, unexpected, flaky, skipped } = v.parse(playwrightReport, report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * Returns the tally of a suite from its report and exit code. A suite counts as one failure if its report is missing or
 * unreadable, if it ran no test, or if it failed without a failed test, so that success is reliable.
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

/** The sum of all suites. */
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
