import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Node's own modules, with and without their prefix. */
const NODE_MODULES = '^node:';

/**
 * The layers of the engine, each of which imports only from those before it:
 * common ← core ← gpu ← automaton ← view ← session ← together.
 */
const LAYERS = ['common', 'core', 'gpu', 'automaton', 'view', 'session', 'together'];

/** Learning: for the page, which teaches a model, and for the training package. It knows no screen and no file. */
const LEARNING = 'learning';

/** On top of them, side by side: neither imports from the other. */
const TOPS = ['page', 'library'];

/** Small pages of their own, which take a few parts of the page. */
const SMALL_PAGES = ['hand', 'operator'];

/** For commands in Node: what those of the engine and of the training share, and the engine's commands. */
const NODE_FOLDERS = ['command-line', 'cli'];

function forbid(files, reason, regex) {
  return {
    files,
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message: reason }] }] },
  };
}

/** A folder of the engine imports from these others, and from nothing else. */
function allow(folder, below) {
  const others = [...LAYERS, LEARNING, ...TOPS, ...SMALL_PAGES, ...NODE_FOLDERS]
    .filter((name) => name !== folder && !below.includes(name))
    .join('|');
  const reason = `engine/${folder} imports only from ${[...below, folder].join(', ')}; Node's modules are for ${NODE_FOLDERS.join(' and ')}.`;
  return forbid([`engine/${folder}/**/*.ts`], reason, `${NODE_MODULES}|/(${others})/|(^|/)training/`);
}

const layerRules = [
  ...LAYERS.map((layer, index) => allow(layer, LAYERS.slice(0, index))),
  allow(LEARNING, ['common', 'core']),
  allow('page', [...LAYERS, LEARNING]),
  allow('library', LAYERS),
  ...SMALL_PAGES.map((name) => allow(name, [...LAYERS, 'page'])),
  // A rule that matches a file replaces the others of its name, so that this one repeats what holds for the page.
  forbid(
    ['engine/page/shell/**/*.ts'],
    'The shell knows no feature; engine/page/features.ts lists them.',
    `${NODE_MODULES}|/(library|cli)/|(^|/)training/|/features[./]|/(main|start|open-playground)\\.ts$`,
  ),
];

export default tseslint.config(
  { ignores: ['dist/', 'docs/', '**/*.tmp/', 'data/', 'runs/', 'coverage/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Array elements are typed as present: a test for absence beyond the end is not superfluous.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A type parameter used once names what a caller may rely on.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Costly, and nothing here that they could catch: there are no enums, and few classes.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A callback may return a promise or nothing; a promise may be made of what has no need to wait.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  // Vitest's matchers, such as expect.any, are typed as any.
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['engine/page/shell/offline/service-worker.js'],
    languageOptions: {
      globals: {
        AbortSignal: 'readonly',
        caches: 'readonly',
        fetch: 'readonly',
        Headers: 'readonly',
        Request: 'readonly',
        Response: 'readonly',
        self: 'readonly',
        TextDecoder: 'readonly',
      },
    },
  },
  { files: ['engine/examples/*.js'], languageOptions: { globals: { document: 'readonly', window: 'readonly' } } },
  {
    files: ['engine/**/*.ts'],
    ignores: ['engine/cli/**', 'engine/command-line/**', '**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['engine/common/**/*.ts', 'engine/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'process'] },
  },
  {
    // It asks the browser how many cores there are.
    files: ['engine/learning/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'process'] },
  },
  ...layerRules,
  forbid(
    ['engine/command-line/**/*.ts'],
    'engine/command-line imports only engine/common and Node.',
    `^\\.\\./(?!common/)`,
  ),
  forbid(
    ['training/**/*.ts'],
    'training imports only engine/common, engine/learning and engine/command-line.',
    '/engine/(?!common/|learning/|command-line/)',
  ),
  forbid(
    ['e2e/kit/**/*.ts'],
    'The kit is for pages of other projects: it imports nothing of ours but the engine from common to view.',
    '^\\.\\./(?!\\.\\./engine/(common|core|automaton|view)/)|/(page|session|cli|gpu|library)/',
  ),
);
