import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, sum, tallyOfCheck, tallyOfSuite } from './test-summary.ts';

const unitReport = (...statuses: string[]) => ({
  testResults: [{ status: 'passed', assertionResults: statuses.map((status) => ({ status })) }],
});

describe('countVitest', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = unitReport('passed', 'passed', 'failed', 'pending', 'todo');
    expect(countVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countVitest(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('countPlaywright', () => {
  it('counts a flaky test as a failure', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } };
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });
});

describe('tallyOfSuite', () => {
  it('takes the counts of a suite that ended well', () => {
    const report = JSON.stringify(unitReport('passed', 'skipped'));
    expect(tallyOfSuite(report, 0, countVitest)).toEqual({ passed: 1, failed: 0, skipped: 1 });
  });

  it('fails a suite without a report, with a broken one or with one of another kind', () => {
    for (const text of [null, '{"testResults":', '{}', 'null']) {
      expect(tallyOfSuite(text, 0, countVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    }
  });

  it('fails a suite that ran nothing, even if it skipped something', () => {
    expect(tallyOfSuite(JSON.stringify(unitReport()), 0, countVitest).failed).toBe(1);
    expect(tallyOfSuite(JSON.stringify(unitReport('skipped')), 0, countVitest).failed).toBe(1);
  });

  it('fails a suite that ended badly although every test passed', () => {
    expect(tallyOfSuite(JSON.stringify(unitReport('passed')), 1, countVitest)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });
});

it('adds suites up, a check as one', () => {
  const suites = [tallyOfCheck(0), tallyOfCheck(2), { passed: 4, failed: 1, skipped: 2 }];
  expect(sum(suites)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});
