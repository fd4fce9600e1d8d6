import { expect, test } from 'vitest';
import { TINY_SPECIFICATION } from '../../common/model/architectures.ts';
import { encodeModelFile } from '../../common/model/file.ts';
import { ModelError } from '../../common/model/model-error.ts';
import { sizeOf, weightShapes } from '../../common/model/weights.ts';
import type { Fetch } from '../../core/fetch-bytes.ts';
import { ModelLibrary } from './models.ts';
import { en } from './texts/en.ts';

const INDEX = JSON.stringify([{ name: 'one', file: 'one.ktx2', title: 'One' }]);

/** A server with these files. */
function serve(files: Record<string, string>): Fetch {
  return (address) =>
    Promise.resolve(new Response(files[String(address)] ?? '', { status: String(address) in files ? 200 : 404 }));
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return error instanceof Error ? error.message : '';
}

test('the list of models is read', async () => {
  const library = await ModelLibrary.open(en.models, serve({ 'models/index.json': INDEX }));
  expect(library.entries).toEqual([{ name: 'one', file: 'one.ktx2', title: 'One' }]);
  expect(library.has('one')).toBe(true);
});

test.each([
  ['missing', {}, /status 404/],
  ['no JSON', { 'models/index.json': '<html>' }, /is not valid/],
  ['empty', { 'models/index.json': '[]' }, /is not valid/],
  [
    'with a file elsewhere',
    { 'models/index.json': '[{"name":"x","file":"../secret.ktx2","title":"x"}]' },
    /is not valid/,
  ],
])('a list that is %s is refused in one sentence', async (_, files, message) => {
  expect(await failure(ModelLibrary.open(en.models, serve(files as Record<string, string>)))).toMatch(message);
});

test('a server that cannot be reached is named as the reason', async () => {
  expect(await failure(ModelLibrary.open(en.models, () => Promise.reject(new TypeError('x'))))).toMatch(
    /cannot be reached/,
  );
});

test('an unknown name is refused with the names there are', async () => {
  const library = await ModelLibrary.open(en.models, serve({ 'models/index.json': INDEX }));
  expect(await failure(library.load('two'))).toBe('There is no model "two". Available models: one.');
});

test('a file that is missing, or no model, is refused by what is wrong', async () => {
  const missing = await ModelLibrary.open(en.models, serve({ 'models/index.json': INDEX }));
  expect(await failure(missing.load('one'))).toMatch(/models\/one\.ktx2.*404/);
  const foreign = await ModelLibrary.open(
    en.models,
    serve({ 'models/index.json': INDEX, 'models/one.ktx2': 'GIF89a' }),
  );
  expect(await failure(foreign.load('one'))).not.toBe('');
});

test('a model is fetched once, and again only where that failed', async () => {
  const shapes = [...weightShapes(TINY_SPECIFICATION)];
  const weights = new Map(shapes.map(([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }]));
  const file = encodeModelFile({ specification: TINY_SPECIFICATION, weights });
  let fetches = 0;
  const library = await ModelLibrary.open(en.models, (address) => {
    if (address === 'models/index.json') return Promise.resolve(new Response(INDEX));
    fetches += 1;
    return Promise.resolve(fetches <= 2 ? new Response('', { status: 503 }) : new Response(file));
  });
  expect(await failure(library.load('one'))).toMatch(/503/);
  const model = await library.load('one');
  expect(await library.load('one')).toBe(model);
  expect(fetches).toBe(3);
});
