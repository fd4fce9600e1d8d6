/**
 * A page that learns on a GPU by WebGPU. Where a processor plays the GPU, the two courses take many minutes, so that they
 * are only run if `WEBGPU_COURSES=1` asks for them. The kernels themselves are compared with those of the other backends
 * in `training/webgpu/gpu-automaton.test.ts`, everywhere.
 */
import { Random } from '../engine/common/random/random.ts';
import { decodeModelFile } from '../engine/common/model/file.ts';
import { decodeScene } from '../engine/common/scene/scene-file.ts';
import { SOFTWARE_WEBGL_FLAGS } from '../engine/cli/browser-flags.ts';
import { findBrowser } from '../engine/cli/find-browser.ts';
import { flattenWeights } from '../engine/learning/rollout/layers.ts';
import { handDrawn } from './draw-sign.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { serveShippedModels } from './shipped-models.ts';

test.use({
  launchOptions: {
    executablePath: findBrowser('test') ?? undefined,
    args: [...SOFTWARE_WEBGL_FLAGS, '--enable-unsafe-webgpu'],
  },
});

const QUERY = '?columns=2&rows=2&seed=5&model=tiny&paused=1';
const SIGN = '★';
const ASKED_FOR = process.env['WEBGPU_COURSES'] === '1';
const WHY = 'WEBGPU_COURSES=1 runs it; it takes minutes without a GPU.';

test.beforeEach(async ({ digits }) => {
  await serveShippedModels(digits);
});

function drawings(): { x: number; y: number }[][][] {
  const random = new Random(4);
  return Array.from({ length: 4 }, () => handDrawn(SIGN, random));
}

async function teach(digits: DigitsPage, backend: 'webgpu' | 'wasm', steps: number) {
  await digits.open(QUERY);
  return digits.page.evaluate(
    async ({ given, options }) => {
      const figures = await window.nca.teach({ name: '★', drawings: given }, options);
      return { figures, scene: Array.from(await window.nca.saveScene()) };
    },
    { given: drawings(), options: { steps, seed: 3, backend } },
  );
}

async function weightsIn(scene: number[]): Promise<Float32Array> {
  const { specification, weights } = decodeModelFile((await decodeScene(Uint8Array.from(scene))).model);
  return flattenWeights(specification, weights);
}

test('a GPU learns what WebAssembly learns', async ({ digits }) => {
  test.skip(!ASKED_FOR, WHY);
  test.setTimeout(900_000);
  const onGpu = await teach(digits, 'webgpu', 2);
  const onThreads = await teach(digits, 'wasm', 2);
  expect(onGpu.figures).toMatchObject({ steps: 2, backend: 'webgpu' });
  expect(onThreads.figures).toMatchObject({ steps: 2, backend: 'wasm' });
  const [found, expected] = [await weightsIn(onGpu.scene), await weightsIn(onThreads.scene)];
  expect(found.length).toBe(expected.length);
  // They add in another order, and that is all.
  const largest = found.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0);
  expect(largest).toBeLessThan(1e-3);
  expect(Array.from(found)).not.toEqual(Array.from(expected));
});

test('threads go on where a GPU is lost in the middle of learning', async ({ digits }) => {
  test.skip(!ASKED_FOR, WHY);
  test.setTimeout(900_000);
  const { page } = digits;
  await digits.open(QUERY);
  const learning = page.evaluate(
    (given) => window.nca.teach({ name: '★', drawings: given }, { steps: 12, seed: 3, backend: 'webgpu' }),
    drawings(),
  );
  await expect.poll(async () => (await digits.info()).channels, { timeout: 600_000 }).toBeGreaterThan(16);
  const browser = page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  await session?.send('Browser.crashGpuProcess');
  expect(await learning).toMatchObject({ steps: 12, backend: 'webgpu, wasm' });
  // The canvas has come back as well, with the taught model.
  await expect.poll(async () => (await digits.info()).model, { timeout: 300_000 }).toBe('tiny-taught');
  await page.evaluate(() => window.nca.step(3));
});

test('a backend that does not exist is refused, and the others are named', async ({ digits }) => {
  await digits.open(QUERY);
  const refused = await digits.page.evaluate(
    (given) =>
      window.nca
        .teach({ name: '★', drawings: given }, { steps: 1, backend: 'abacus' as 'auto' })
        .catch((error: unknown) => String(error)),
    drawings(),
  );
  expect(refused).toContain('"backend" must be one of auto, webgpu, wasm, not "abacus".');
});
