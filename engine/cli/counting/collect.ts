/** A set-up file of the unit tests: records what each test file runs, and adds it to the report. */
import { Session } from 'node:inspector/promises';
import { afterAll } from 'vitest';
import { openReport } from './report.ts';

const WRAPPER = /^'use strict';async \([^)]*\) ?=> ?\{\{/;

const session = new Session();
session.connect();
await session.post('Debugger.enable');
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

afterAll(async () => {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const report = openReport();
  const ours = result.filter(report.getEntryFilter());
  const entries = await Promise.all(
    ours.map(async (script) => {
      const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId: script.scriptId });
      // The module runner wraps modules in a function, which the source map does not account for.
      const scriptOffset = WRAPPER.exec(scriptSource)?.[0].length ?? 0;
      return { ...script, source: scriptSource.slice(scriptOffset), scriptOffset };
    }),
  );
  session.disconnect();
  await report.add(entries);
});
