/** A set-up file of the unit tests: counts what each file of tests runs, and writes it where the command looks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { PROJECT_FOLDER } from '../site.ts';
import { COVERAGE_FOLDER } from './folder.ts';
import { addScript, type Places } from './places.ts';

const WRAPPER = /^'use strict';async \([^)]*\) ?=> ?\{\{/;

const session = new Session();
session.connect();
session.post('Debugger.enable');
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

afterAll(() => {
  const places: Places = {};
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    for (const { url, scriptId, functions } of result) {
      const path = url.startsWith('file:') ? fileURLToPath(url) : url;
      if (!path.startsWith(join(PROJECT_FOLDER, '')) || path.includes('node_modules')) continue;
      session.post('Debugger.getScriptSource', { scriptId }, (_fault, { scriptSource }) => {
        // What runs modules puts them into a function, and the map does not know of it.
        const head = WRAPPER.exec(scriptSource)?.[0].length ?? 0;
        addScript(places, { path, text: scriptSource, head, functions });
      });
    }
  });
  session.disconnect();
  mkdirSync(COVERAGE_FOLDER, { recursive: true });
  writeFileSync(join(COVERAGE_FOLDER, `unit-${process.pid}-${performance.now()}.json`), JSON.stringify(places));
});
