/** Pictures of handwriting: what is found is shown before it is taken. */
import type { Page } from '@playwright/test';
import { type MadeUpPicture, photograph, PLAIN } from '../engine/page/features/digit-files/made-up-pictures.ts';
import { drawDigit } from '../engine/common/handwriting/draw-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { expectAccessible } from './accessibility.ts';
import { drop } from './drop-files.ts';
import { expect, test } from './fixtures.ts';
import { encodePng } from './kit/png.ts';

const png = ({ width, height, rgba }: MadeUpPicture): Buffer => encodePng({ width, height, pixels: rgba });

/** Two rows of three digits. */
const SHEET = photograph(new Random(5), { ...PLAIN, columns: 3, rows: 2 });

/** What the browser makes of a picture in another format; an empty buffer if it cannot write it. */
async function convert(page: Page, picture: MadeUpPicture, type: string): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ bytes, format }) => {
      const given = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([given], { type: 'image/png' }));
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const address = canvas.toDataURL(format, 0.9);
      return address.startsWith(`data:${format}`) ? address.replace(/^[^,]*,/, '') : '';
    },
    { bytes: png(picture).toString('base64'), format: type },
  );
  return Buffer.from(base64, 'base64');
}

/** The JPEG with an EXIF segment that says how the camera was held, 1 to 8. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from(
    `Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`,
    'latin1',
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)]);
}

/** The picture as a camera stores it that was held so that EXIF's orientation 6 sets it upright. */
function lyingDown({ width, height, rgba, digits }: MadeUpPicture): MadeUpPicture {
  const turned = new Uint8Array(rgba.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      turned.set(rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 4), 4 * ((width - 1 - x) * height + y));
    }
  }
  return { width: height, height: width, rgba: turned, digits };
}

/** How many tiles have ink. */
async function tilesWithInk(page: Page): Promise<number> {
  return (await page.evaluate(() => window.nca.stats())).digits.length;
}

test('each digit is shown on the picture, and those that are left out do not come', async ({ digits }) => {
  const { page } = digits;
  await digits.open();
  await drop(page, { name: 'sheet.png', content: png(SHEET) });
  const dialog = page.getByRole('dialog', { name: '6 digits were found' });
  const boxes = dialog.getByRole('button', { name: /^Digit \d of 6$/ });
  await expect(boxes).toHaveCount(6);
  const picture = await dialog.locator('canvas').boundingBox();
  if (!picture) throw new Error('The picture is not shown.');
  for (const [index, { box }] of SHEET.digits.entries()) {
    const shown = await boxes.nth(index).boundingBox();
    const scale = picture.width / SHEET.width;
    expect(Math.abs((shown?.x ?? 0) - picture.x - box.left * scale)).toBeLessThan(12);
    expect(Math.abs((shown?.y ?? 0) - picture.y - box.top * scale)).toBeLessThan(12);
  }
  await expectAccessible(page);
  await boxes.nth(1).click();
  await boxes.nth(0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(dialog).toContainText('4 are selected.');
  await expect(boxes.nth(2)).toHaveAttribute('aria-pressed', 'false');
  await dialog.getByRole('button', { name: 'Add 4 digits' }).click();
  await expect(digits.notices()).toContainText(['4 digits are now on the canvas.']);
  await expect(dialog).toHaveCount(0);
  expect(await tilesWithInk(page)).toBe(4);
});

test('a picture that is cancelled changes nothing', async ({ digits }) => {
  await digits.open();
  const before = await tilesWithInk(digits.page);
  await drop(digits.page, { name: 'sheet.png', content: png(SHEET) });
  await expect(digits.page.getByRole('dialog')).toContainText('6 digits were found');
  await digits.page.keyboard.press('Escape');
  await expect(digits.page.getByRole('dialog')).toHaveCount(0);
  expect(await tilesWithInk(digits.page)).toBe(before);
  await expect(digits.notices()).toHaveCount(0);
});

test('an image of one digit is taken at once, also where its ink is white on nothing', async ({ digits }) => {
  await digits.open();
  const ink = drawDigit(new Random(2), 7);
  const rgba = Uint8Array.from({ length: 4 * 784 }, (_, index) => (index % 4 === 3 ? ink[index >> 2] : 255));
  await drop(digits.page, { name: 'seven.png', content: encodePng({ width: 28, height: 28, pixels: rgba }) });
  await expect(digits.notices()).toContainText(['1 digit is now on the canvas.']);
  expect(await tilesWithInk(digits.page)).toBe(1);
});

test('pictures of every format are read that the browser shows, and turned as their camera was held', async ({
  digits,
}) => {
  const { page } = digits;
  await digits.open();
  const bmp = (() => {
    const { width, height, rgba } = SHEET;
    const bytes = Buffer.alloc(54 + 4 * width * height);
    bytes.write('BM');
    bytes.writeUInt32LE(bytes.length, 2);
    [54, 40, width].forEach((value, index) => bytes.writeUInt32LE(value, 10 + 4 * index));
    bytes.writeInt32LE(-height, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(32, 28);
    for (let at = 0; at < rgba.length; at += 4) bytes.set([rgba[at + 2], rgba[at + 1], rgba[at], 255], 54 + at);
    return bytes;
  })();
  const strip = photograph(new Random(8), { ...PLAIN, columns: 30, rows: 1, pitch: 110 });
  const lying = withOrientation(await convert(page, lyingDown(strip), 'image/jpeg'), 6);
  const files = [
    { name: 'sheet.webp', content: await convert(page, SHEET, 'image/webp'), found: 6 },
    { name: 'sheet.bmp', content: bmp, found: 6 },
    { name: 'strip.jpg', content: lying, found: 30 },
  ];
  for (const { name, content, found } of files) {
    await drop(page, { name, content });
    const dialog = page.getByRole('dialog', { name: `${found} digits were found` });
    await expect(dialog).toBeVisible();
    const [width, height] = await dialog
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
    if (found === 30) expect(width / height).toBeCloseTo(30, 0);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('the newest files win, and what was painted meanwhile stays', async ({ digits }) => {
  const { page } = digits;
  await digits.open();
  // Its worker does not start before it may, as on a slow device.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/find-worker*', async (route) => {
    await held;
    await route.continue();
  });
  await drop(page, { name: 'slow.png', content: png(SHEET) });
  await expect(page.getByRole('dialog')).toContainText('“slow.png”');
  const two = photograph(new Random(5), { ...PLAIN, columns: 2, rows: 1 });
  await drop(page, { name: 'newer.png', content: png(two) });
  await expect(digits.notices()).toContainText(['“slow.png” was not opened, because newer files came.']);
  await page.evaluate(() =>
    window.nca.paint(
      [
        { x: 14, y: 8 },
        { x: 14, y: 20 },
      ],
      { radius: 2 },
    ),
  );
  const inkOfFirstTile = (): Promise<number> =>
    page.evaluate(async () => {
      const { width, channels, data } = await window.nca.readState();
      let ink = 0;
      for (let y = 0; y < 28; y += 1) for (let x = 0; x < 28; x += 1) ink += data[(y * width + x) * channels];
      return ink;
    });
  const before = await inkOfFirstTile();
  release();
  await page.getByRole('button', { name: 'Add 2 digits' }).click();
  await expect(digits.notices().last()).toContainText('2 digits are now on the canvas.');
  expect(await inkOfFirstTile()).toBe(before);
  expect(await tilesWithInk(page)).toBe(3);
});
