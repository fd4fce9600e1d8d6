/**
 * Lists the failed tests, with a one-line reason, from the suites' JSON reports, because people only see the end of a
 * long log.
 */
import { stripVTControlCharacters } from 'node:util';
import * as v from 'valibot';

const vitestReport = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string(), ''),
      assertionResults: v.array(
        v.object({ fullName: v.string(), status: v.string(), failureMessages: v.nullish(v.array(v.string()), []) }),
      ),
    }),
  ),
});

const playwrightSpec = v.object({
  title: v.string(),
  file: v.string(),
  line: v.number(),
  ok: v.boolean(),
  tests: v.array(
    v.object({
      projectName: v.optional(v.string(), ''),
      results: v.array(v.object({ error: v.optional(v.object({ message: v.optional(v.string(), '') })) })),
    }),
  ),
});

interface PlaywrightSuite {
  specs?: v.InferOutput<typeof playwrightSpec>[] | undefined;
  suites?: PlaywrightSuite[] | undefined;
}

const playwrightSuite: v.GenericSchema<unknown, PlaywrightSuite> = v.object({
  specs: v.optional(v.array(playwrightSpec)),
  suites: v.optional(v.array(v.lazy(() => playwrightSuite))),
});

const playwrightReport = v.object({ suites: v.array(playwrightSuite) });

function describe(name: string, reason: string): string {
  const [line = ''] = stripVTControlCharacters(reason).trim().split('\n');
  return line === '' ? name : `${name}\n    ${line}`;
}

/** The failed tests in a vitest report, each with a line for its name and one for the reason. */
export function failedInVitest(report: unknown): string[] {
  return v.parse(vitestReport, report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [describe(name, message)];
    return failed.map(({ fullName, failureMessages }) => describe(`${name} › ${fullName}`, failureMessages?.[0] ?? ''));
  });
}

/** The failed tests in a Playwright report, in the same form. */
export function failedInPlaywright(report: unknown): string[] {
  const specsOf = ({ specs = [], suites = [] }: PlaywrightSuite): v.InferOutput<typeof playwrightSpec>[] => [
    ...specs,
    ...suites.flatMap(specsOf),
  ];
  const failed = v
    .parse(playwrightReport, report)
    .suites.flatMap(specsOf)
    .filter(({ ok }) => !ok);
  return failed.flatMap(({ title, file, line, tests }) =>
    tests.map(({ projectName, results }) => {
      const reason = results.find(({ error }) => error !== undefined)?.error?.message ?? '';
      return describe(`${projectName === '' ? '' : `[${projectName}] `}${file}:${line} › ${title}`, reason);
    }),
  );
}

/** The failed tests of a suite. Empty if its report is missing or invalid, which the tally counts as a failure. */
export function failedTests(text: string | null, list: (report: unknown) => string[]): string[] {
  if (text === null) return [];
  try {
    return list(JSON.parse(text));
  } catch {
    return [];
  }
}
