/** IDX files of images of any size that training takes as well. */
import { drop } from './drop-files.ts';
import { expect, test } from './fixtures.ts';

/** An IDX file of images with a bar in the middle, upright, of the same share of each. */
function imagesFile(count: number, width: number, height: number): Buffer {
  const header = Buffer.alloc(16);
  [0x0803, count, height, width].forEach((word, index) => header.writeUInt32BE(word, 4 * index));
  const image = Buffer.alloc(width * height);
  for (let y = Math.floor(height / 4); y < height - Math.floor(height / 4); y += 1) {
    for (let x = Math.floor(width / 2) - 2; x < Math.floor(width / 2) + 2; x += 1) image[y * width + x] = 255;
  }
  return Buffer.concat([header, ...Array.from({ length: count }, () => image)]);
}

function labelsFile(labels: readonly number[]): Buffer {
  const header = Buffer.alloc(8);
  [0x0801, labels.length].forEach((word, index) => header.writeUInt32BE(word, 4 * index));
  return Buffer.concat([header, Buffer.from(labels)]);
}

const labels = [3, 1, 4, 1];
const named = { name: 'labels-idx1-ubyte', content: labelsFile(labels) };

test('small images stand in the middle of their tiles, with their labels', async ({ digits }) => {
  await digits.open();
  await drop(digits.page, { name: 'images-idx3-ubyte', content: imagesFile(4, 14, 20) }, named);
  await expect(digits.notices()).toContainText('4 digits are now on the canvas');
  // The other tiles keep what they had.
  const read = (await digits.stats()).digits.slice(0, labels.length);
  expect(read.map(({ label }) => label)).toEqual(labels);
  expect(read.every(({ inkCells }) => inkCells === 4 * 10)).toBe(true);
});

test('images that are larger than the tiles ask for larger ones, and nothing changes before', async ({ digits }) => {
  await digits.open();
  const before = await digits.info();
  await drop(digits.page, { name: 'images-idx3-ubyte', content: imagesFile(4, 48, 48) }, named);
  await expect(digits.notices()).toContainText('These images are 48 × 48 cells, and a tile of this canvas has 32.');
  expect(await digits.info()).toEqual(before);
  await digits.page.getByRole('button', { name: 'Take larger tiles' }).click();
  await expect(digits.notices()).toContainText('2 of 4 digits are now on the canvas; no more tiles are free.');
  expect(await digits.info()).toMatchObject({ tile: 52, columns: 2, rows: 1 });
  const { digits: read } = await digits.stats();
  expect(read.map(({ label, inkCells }) => [label, inkCells])).toEqual([
    [3, 4 * 24],
    [1, 4 * 24],
  ]);
});

test('images that no tile takes are refused in a sentence', async ({ digits }) => {
  await digits.open();
  await drop(digits.page, { name: 'images-idx3-ubyte', content: imagesFile(1, 65, 40) });
  await expect(digits.notices()).toContainText('its images are 65 × 40 cells; from 1 × 1 to 64 × 64 can be read.');
});
