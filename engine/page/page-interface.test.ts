import { describe, expect, test } from 'vitest';
import { createPageInterface, type PageParts } from './page-interface.ts';
import { Settings } from '../session/settings.ts';

/** A page that logs the calls it receives. The GPU side is not part of these tests. */
function fakeParts(log: string[], holds: string[] = []): PageParts {
  const settings = new Settings();
  const playground = {
    settings,
    adaptation: {
      hold: () => {
        holds.push(`held after ${log.length}`);
        return () => holds.push(`free after ${log.length}`);
      },
      keepAsAsked: () => holds.push('asked'),
    },
    models: { strategySettled: Promise.resolve() },
    simulation: { model: { specification: { name: 'fake' } }, canvas: { width: 96, height: 64 } },
    steps: {
      run: async (count: number) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push(`step ${count}`);
      },
    },
    editor: {
      setDigits: (images: Uint8Array, labels?: number[]) => log.push(`digits ${images.length} ${String(labels)}`),
      write: (text: string, centre: object) => {
        log.push(`write ${text} ${JSON.stringify(centre)}`);
        return { written: text, missing: [], left: '' };
      },
      paintStroke: (points: unknown[], brush: object) => log.push(`paint ${points.length} ${JSON.stringify(brush)}`),
    },
    reset: (seed?: number) => log.push(`reset ${seed}`),
    setCanvas: (layout: object) => log.push(`canvas ${JSON.stringify(layout)}`),
  };
  return {
    playground: playground as unknown as PageParts['playground'],
    teaching: () => Promise.reject(new Error('Nothing is taught here.')),
    teach: () => Promise.reject(new Error('Nothing is taught here.')),
    useModelNamed: async (name) => {
      await Promise.resolve();
      log.push(`model ${name}`);
    },
    useModelFile: async (bytes) => {
      await Promise.resolve();
      log.push(`bytes ${bytes.length}`);
    },
    saveScene: async () => Uint8Array.of(1, 2, 3),
    loadScene: async (bytes) => {
      log.push(`scene ${bytes.length}`);
      return Promise.resolve([]);
    },
    saveReplay: async () => Uint8Array.of(4, 5),
    playReplay: () => Promise.reject(new Error('This is no replay.')),
  };
}

function started(): { nca: ReturnType<typeof createPageInterface>; log: string[] } {
  const log: string[] = [];
  return { nca: createPageInterface(Promise.resolve(fakeParts(log))), log };
}

test('calls made before the page is ready wait for it, and all are done in order', async () => {
  const log: string[] = [];
  let start: (parts: PageParts) => void = () => undefined;
  const nca = createPageInterface(
    new Promise((resolve) => {
      start = resolve;
    }),
  );
  const calls = [nca.step(3), nca.paint([{ x: 1, y: 2 }]), nca.reset({ seed: 9 })];
  await Promise.resolve();
  expect(log).toEqual([]);
  start(fakeParts(log));
  await Promise.all(calls);
  expect(log).toEqual(['step 3', 'paint 1 {"radius":1.5,"erase":false}', 'reset 9']);
});

test('a call that fails does not keep the next ones from being done', async () => {
  const { nca, log } = started();
  await expect(nca.set({ dropout: 7 })).rejects.toThrow(/"dropout" must be a number from 0 to 0.95/);
  await nca.step(1);
  expect(log).toEqual(['step 1']);
});

test('when the page cannot start, every call and `ready` reject with the reason', async () => {
  const nca = createPageInterface(Promise.reject(new Error('no WebGL2')));
  await expect(nca.ready).rejects.toThrow('no WebGL2');
  await expect(nca.info()).rejects.toThrow('no WebGL2');
  await expect(nca.step(1)).rejects.toThrow('no WebGL2');
});

test('while a call is under way the page is held, and whoever names a model or a strategy has asked for it', async () => {
  const [log, holds]: [string[], string[]] = [[], []];
  const nca = createPageInterface(Promise.resolve(fakeParts(log, holds)));
  await nca.step(2);
  await expect(nca.step(-1)).rejects.toThrow();
  await nca.set({ strategy: 'auto' });
  await nca.set({ model: 'fake' });
  await nca.set({ grid: true });
  expect(holds).toEqual([
    'held after 0',
    'free after 1',
    ...['held after 1', 'asked', 'free after 1'],
    ...['held after 1', 'asked', 'free after 1'],
    ...['held after 1', 'free after 1'],
  ]);
});

test('what was handed over is taken as it was then', async () => {
  const { nca, log } = started();
  const labels = [1];
  const call = nca.setDigits(new Uint8Array(784), labels);
  labels[0] = 5;
  await call;
  expect(log).toEqual(['digits 784 1']);
});

test('erase is short for the tool, and the model can be set among the values', async () => {
  const { nca, log } = started();
  await nca.set({ erase: true, model: 'cax' });
  expect((await nca.get()).tool).toBe('eraser');
  expect((await nca.get()).erase).toBe(true);
  expect(log).toEqual(['model cax']);
  await nca.set({ erase: false });
  expect((await nca.get()).tool).toBe('brush');
});

describe('bad arguments are refused with a sentence that names them', () => {
  const { nca } = started();
  const bad = (value: unknown): never => value as never;
  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['steps', () => nca.step(-1), /number of steps.*not -1/],
    ['steps', () => nca.step(1.5), /number of steps.*not 1\.5/],
    ['setting', () => nca.set(bad(null)), /settings must be an object.*not null/],
    ['setting', () => nca.set(bad({ speed: 1 })), /no setting "speed"/],
    ['erase', () => nca.set(bad({ erase: 1 })), /"erase" must be true or false/],
    ['model', () => nca.useModel(bad(7)), /name or the bytes.*not 7/],
    ['columns', () => nca.setCanvas(bad({ rows: 1, tile: 28 })), /"columns".*1 to 128, not undefined/],
    ['tile', () => nca.setCanvas({ columns: 1, rows: 1, tile: 8 }), /"tile".*28 to 256, not 8/],
    ['images', () => nca.setDigits(bad([1, 2])), /Uint8Array/],
    ['images', () => nca.setDigits(new Uint8Array(785)), /785 bytes/],
    ['labels', () => nca.setDigits(new Uint8Array(784), [1, 2]), /2 labels for 1 images/],
    ['labels', () => nca.setDigits(new Uint8Array(784), [-1]), /Label 0/],
    ['points', () => nca.paint([]), /list of 1 to/],
    ['points', () => nca.paint(bad([{ x: 1 }])), /"y" of point 0/],
    ['points', () => nca.paint([{ x: Number.NaN, y: 0 }]), /"x" of point 0/],
    ['radius', () => nca.paint([{ x: 1, y: 1 }], { radius: 0 }), /radius of the brush/],
    ['seed', () => nca.reset({ seed: -4 }), /seed/],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

test('a text is written in the middle of the canvas, and what is no short text is refused', async () => {
  const { nca, log } = started();
  await expect(nca.write('ADA')).resolves.toEqual({ written: 'ADA', missing: [], left: '' });
  expect(log).toEqual(['write ADA {"x":48,"y":32}']);
  await expect(nca.write(7 as never)).rejects.toThrow('The text must be a string, not 7.');
  await expect(nca.write('é'.repeat(65))).rejects.toThrow('may have at most 64 characters, and this one has 65.');
});
