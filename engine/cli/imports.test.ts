/** There are no circular imports: no file imports itself through others, types and lazy parts included. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER } from './site.ts';

type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Which of the project's own files each file imports, as paths relative to the project's folder. */
function importsOf(folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) =>
    readdirSync(join(PROJECT_FOLDER, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => !path.includes('node_modules')),
  );
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
      const own = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
      const targets = own.map(({ fileName }) => relative(PROJECT_FOLDER, resolve(dirname(file), fileName)));
      return [relative(PROJECT_FOLDER, file), targets];
    }),
  );
}

/** A circle of imports, with its first file repeated at the end, or null if there is none. */
function findCircle(graph: ImportGraph): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return null;
}

test('a circle is found, through however many files', () => {
  const circle = ['a', 'b', 'c', 'a'];
  expect(findCircle(new Map(Object.entries({ z: ['a', 'b'], a: ['b'], b: ['d', 'c'], c: ['a'], d: [] })))).toEqual(
    circle,
  );
  expect(findCircle(new Map(Object.entries({ a: ['b', 'c'], b: ['c'], c: [] })))).toBeNull();
});

test('no file imports itself through others', () => {
  const graph = importsOf(['engine', 'training', 'e2e']);
  expect(graph.size).toBeGreaterThan(300);
  expect(graph.get('engine/page/start.ts')).toContain('engine/page/features.ts');
  expect(findCircle(graph)).toBeNull();
});
