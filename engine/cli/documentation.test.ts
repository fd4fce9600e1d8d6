/** The commands and files that the documents mention exist. commands.test.ts checks that each command has `--help`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from './site.ts';

const SKIPPED = /(^|\/)(node_modules|dist|docs|data|runs|test-results|playwright-report|coverage|[^/]*\.tmp)(\/|$)/;

const documents = readdirSync(PROJECT_FOLDER, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.md') && !SKIPPED.test(file) && !file.startsWith('.'));

const { scripts } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const textOf = (file: string): string => readFileSync(join(PROJECT_FOLDER, file), 'utf8');

/** Names of npm scripts in code, inline or in a block. */
function scriptsIn(text: string): string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z]+)|(start|test)\b)/g)];
  return named.map(([, script, short]) => script ?? short);
}

describe.each(documents)('%s', (file) => {
  test('names only commands that exist', () => {
    expect(scriptsIn(textOf(file)).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const targets = [...textOf(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !existsSync(join(PROJECT_FOLDER, dirname(file), target)))).toEqual([]);
  });
});

test('a command that does not exist would be found', () => {
  expect(documents).toContain('README.md');
  expect(scriptsIn('Type `npm run dance`, then `npm test`.')).toEqual(['dance', 'test']);
});
