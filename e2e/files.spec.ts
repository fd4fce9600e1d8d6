/** Files of digits, dropped on the page or chosen from the menu. */
import { gzipSync } from 'node:zlib';
import { drawDigit } from '../engine/common/handwriting/draw-digit.ts';
import { rasterizeStrokes } from '../engine/common/handwriting/rasterize.ts';
import { placeStrokes } from '../engine/common/handwriting/stroke.ts';
import { writeDigit } from '../engine/common/handwriting/write-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { drop, type NamedFile } from './drop-files.ts';
import { expect, test } from './fixtures.ts';
import { encodePng } from './kit/png.ts';
import { madeUpModel } from './made-up-model.ts';

/** IDX files of handwritten digits. */
function idxFiles(labels: readonly number[]): { images: Buffer; labels: Buffer } {
  const random = new Random(3);
  const header = (...words: number[]): Buffer => {
    const bytes = Buffer.alloc(4 * words.length);
    words.forEach((word, index) => bytes.writeUInt32BE(word, 4 * index));
    return bytes;
  };
  return {
    images: Buffer.concat([header(0x0803, labels.length, 28, 28), ...labels.map((label) => drawDigit(random, label))]),
    labels: Buffer.concat([header(0x0801, labels.length), Buffer.from(labels)]),
  };
}

/** A photo of two lines of handwriting, pencil on paper that lies in half a shadow. */
function photo(labels: readonly number[]): Buffer {
  const random = new Random(11);
  const [columns, pitch] = [5, 120];
  const [width, height] = [columns * pitch, Math.ceil(labels.length / columns) * pitch];
  const strokes = labels.flatMap((label, index) => {
    const [x, y] = [((index % columns) + 0.5) * pitch, (Math.floor(index / columns) + 0.5) * pitch];
    return placeStrokes(writeDigit(random, label), { x, y, size: 70 });
  });
  const ink = rasterizeStrokes(strokes, { width, height, radius: 3 });
  const pixels = new Uint8Array(4 * width * height);
  ink.forEach((value, index) => {
    const paper = 225 - (90 * (index % width)) / width + random.normal(4);
    const grey = Math.round(paper - ((paper - 50) * value) / 255);
    pixels.set([grey, grey, Math.max(0, grey - 12), 255], 4 * index);
  });
  return encodePng({ width, height, pixels });
}

const labelsOf = (read: readonly { label: number | null }[]): (number | null)[] => read.map(({ label }) => label);

test('an IDX file of images, gzipped, comes with the labels of the file that is dropped with it', async ({
  digits,
}) => {
  await digits.open();
  const { images, labels } = idxFiles([3, 1, 4, 1, 5, 9, 2, 6]);
  await drop(
    digits.page,
    { name: 'labels-idx1-ubyte', content: labels },
    { name: 'images-idx3-ubyte.gz', content: gzipSync(images) },
  );
  await expect(digits.notices()).toContainText(['6 of 8 digits are now on the canvas']);
  expect(labelsOf((await digits.stats()).digits)).toEqual([3, 1, 4, 1, 5, 9]);
  await digits.page.keyboard.press('Control+z');
  expect(labelsOf((await digits.stats()).digits)).not.toEqual([3, 1, 4, 1, 5, 9]);
});

test('images that are odd are corrected when asked, and counted by their ink', async ({ digits }) => {
  await digits.open();
  const { images } = idxFiles([0, 2, 3, 5, 6, 8, 9, 0, 2, 3]);
  const pixels = Uint8Array.from(images.subarray(16));
  const file = (name: string, changed: Uint8Array) => ({
    name,
    content: Buffer.concat([images.subarray(0, 16), changed]),
  });
  const ink = async (): Promise<number[]> =>
    digits.page.evaluate(async () => {
      const { data, channels } = await window.nca.readState();
      return [...data].filter((_, index) => index % channels === 0).map((value) => Math.round(255 * value));
    });
  await drop(digits.page, file('as-they-are', pixels));
  await expect(digits.notices().last()).toContainText('6 of 10 digits are now on the canvas');
  const right = await ink();

  await drop(
    digits.page,
    file(
      'inverted',
      pixels.map((value) => 255 - value),
    ),
  );
  await expect(digits.notices().last()).toContainText('These images look inverted');
  await digits.page.getByRole('button', { name: 'Invert them' }).click();
  await expect(digits.notices().last()).toContainText('6 of 10 digits are now on the canvas');
  expect(await ink()).toEqual(right);

  const turned = pixels.map((_, at) => pixels[at - (at % 784) + (at % 28) * 28 + Math.floor((at % 784) / 28)]);
  await drop(digits.page, file('turned', turned));
  await expect(digits.notices().last()).toContainText('These images look turned');
  await digits.page.getByRole('button', { name: 'Use them as they are' }).click();
  await expect(digits.notices().last()).toContainText('6 of 10 digits are now on the canvas');
  expect(await ink()).not.toEqual(right);
  await digits.page.getByRole('button', { name: 'Swap rows and columns' }).click();
  await expect(async () => expect(await ink()).toEqual(right)).toPass();

  const binary = pixels.map((value) => Number(value > 127));
  binary.fill(0, 784, 1568);
  await drop(digits.page, file('binary', binary));
  await expect(digits.notices().last()).toContainText('5 of 10 digits are now on the canvas; 1 has no ink');
  await expect(digits.notices().last()).toContainText('rescaled to 0–255');
});

test('of files that replace each other the first one is taken, and what is told of it stays true', async ({
  digits,
}) => {
  await digits.open();
  const { images } = idxFiles([3, 1, 4, 1, 5, 9, 2, 6]);
  await drop(
    digits.page,
    { name: 'broken.ktx2', content: Buffer.from('no model') },
    { name: 'five.ktx2', content: madeUpModel('five', 5) },
    { name: 'images-idx3-ubyte', content: images },
    { name: 'six.ktx2', content: madeUpModel('six', 6) },
    { name: 'photo.png', content: photo([1]) },
  );
  await expect(digits.notices()).toContainText([
    'Could not open “broken.ktx2”',
    'Now running the model “five”.',
    'Could not open “six.ktx2”: another file',
    '6 of 8 digits are now on the canvas',
    'Could not open “photo.png”: another file',
  ]);
  expect((await digits.info()).model).toBe('five');
  expect((await digits.stats()).digits).toHaveLength(6);
});

test('the digits of a photo of handwriting are found and read as themselves', async ({ digits }) => {
  test.setTimeout(240_000);
  await digits.page.unrouteAll();
  await digits.open('?columns=5&rows=1&paused=1&strategy=texture');
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  const choosing = digits.page.waitForEvent('filechooser');
  await digits.page.getByRole('button', { name: 'Open a file' }).click();
  const written = [0, 2, 3, 5, 7];
  await (await choosing).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo(written) });
  await digits.page.getByRole('button', { name: 'Add 5 digits' }).click();
  await expect(digits.notices()).toContainText(['5 digits are now on the canvas.']);
  await digits.step(30);
  const { digits: read } = await digits.stats();
  expect(read).toHaveLength(5);
  const right = read.filter(({ vote }, index) => vote === written[index]);
  expect(right.length).toBeGreaterThanOrEqual(4);
});

test('files that cannot be used are refused by name and reason, and the canvas stays as it was', async ({ digits }) => {
  await digits.open();
  const ink = async (): Promise<string> =>
    digits.page.evaluate(async () => JSON.stringify([...(await window.nca.readState()).data]));
  const before = await ink();
  const { images, labels } = idxFiles([3, 1]);
  // Of a picture that is cut short, Firefox shows what there is.
  const refused: readonly [NamedFile, RegExp][] = [
    [
      { name: 'junk.jpg', content: Buffer.from('no picture') },
      /Could not open “junk\.jpg”: this browser cannot show the picture/,
    ],
    [
      { name: 'cut.png', content: photo([1]).subarray(0, 20) },
      /Could not open “cut\.png”: this browser cannot show the picture/,
    ],
    [{ name: 'labels', content: labels }, /Could not open “labels”: the file contains labels/],
    [{ name: 'short', content: images.subarray(0, 1000) }, /Could not open “short”: the file is incomplete/],
    [
      { name: 'broken.gz', content: gzipSync(images).subarray(0, 200) },
      /Could not open “broken\.gz”: the gzip file is damaged/,
    ],
    [
      {
        name: 'blank.png',
        content: encodePng({ width: 64, height: 64, pixels: new Uint8Array(64 * 64 * 4).fill(255) }),
      },
      /no digits were found/,
    ],
    [
      { name: 'letter.txt', content: Buffer.from('hello') },
      /Could not open “letter\.txt”: text files are not supported\. This page opens/,
    ],
    [{ name: 'photo.heic', content: Buffer.from('\0\0\0\x18ftypheic') }, /Could not open “photo\.heic”: .* as a JPEG/],
    [{ name: 'floats', content: Buffer.from([0, 0, 13, 3]) }, /Could not open “floats”: unsupported file type/],
  ];
  for (const [file, message] of refused) {
    await drop(digits.page, file);
    await expect(digits.notices().last()).toContainText(message);
    await digits.notices().last().getByRole('button', { name: 'Dismiss' }).click();
  }
  expect(await ink()).toBe(before);
});
