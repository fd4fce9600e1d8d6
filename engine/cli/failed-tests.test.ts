import { expect, test } from 'vitest';
import { failedInPlaywright, failedInVitest, failedTests } from './failed-tests.ts';

test('failed unit tests are named with the first line of the reason', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'passed', failureMessages: [] },
          { fullName: 'subtracts', status: 'failed', failureMessages: ['\u001b[31mexpected 1\u001b[39m\n  at a.ts'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
    ],
  };
  expect(failedInVitest(report)).toEqual(['a.test.ts › subtracts\n    expected 1', 'b.test.ts\n    cannot be loaded']);
});

test('failed end-to-end tests are named wherever they are nested, with their browser', () => {
  const spec = (title: string, ok: boolean, projectName = '') => ({
    title,
    file: 'page.spec.ts',
    line: 7,
    ok,
    tests: [{ projectName, results: [{ error: ok ? undefined : { message: 'Timeout\nmore' } }] }],
  });
  const report = {
    suites: [{ specs: [spec('opens', true)], suites: [{ specs: [spec('closes', false, 'firefox')] }] }],
  };
  expect(failedInPlaywright(report)).toEqual(['[firefox] page.spec.ts:7 › closes\n    Timeout']);
});

test('a report that is missing or of another kind names none', () => {
  for (const text of [null, '{"suites":', '{}', 'null']) {
    expect(failedTests(text, failedInPlaywright)).toEqual([]);
    expect(failedTests(text, failedInVitest)).toEqual([]);
  }
});
