/** The kit is for pages of other projects, so that nothing of this one's page may be needed by it, however far away. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const PROJECT_FOLDER = join(import.meta.dirname, '..', '..');

/** What a module imports at run time, types left out. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s(?!type\s)[^;]*?from\s+'([^']+)';|^import\s+'([^']+)';|import\('([^']+)'\)/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3]);
}

/** All modules that the kit's files need, by path in the project, and packages by name. */
function reach(): { modules: string[]; packages: string[] } {
  const start = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const queue = start.map((name) => join(import.meta.dirname, name));
  const modules = new Set(queue);
  const packages = new Set<string>();
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const target of importsOf(path)) {
      if (!target.startsWith('.')) {
        packages.add(target);
        continue;
      }
      const found = join(dirname(path), target);
      expect(existsSync(found), `${target} in ${path}`).toBe(true);
      if (!modules.has(found)) queue.push(found);
      modules.add(found);
    }
  }
  return { modules: [...modules].map((path) => relative(PROJECT_FOLDER, path)), packages: [...packages].sort() };
}

test('the kit needs nothing of the page, of a GPU or of the commands', () => {
  const { modules, packages } = reach();
  expect(modules.length).toBeGreaterThan(20);
  expect(modules.filter((path) => !/^(e2e\/kit|engine\/(common|core|automaton|view))\//.test(path))).toEqual([]);
  expect(packages).toEqual(['@playwright/test', 'fast-png', 'ktx-parse', 'node:fs', 'node:path', 'valibot']);
});

test('what is computed and compared needs neither Playwright nor a browser', () => {
  for (const name of ['expected-picture.ts', 'compare-picture.ts', 'plain-run.ts']) {
    expect(importsOf(join(import.meta.dirname, name)).filter((target) => target.includes('playwright'))).toEqual([]);
  }
});
