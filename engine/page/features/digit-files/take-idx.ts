/** Puts the digits of MNIST's files, and of similar ones, on the canvas. Loaded when the first such file is opened. */
import { mendImages, odditiesOf, type Oddity } from '../../../common/digit-images/oddities.ts';
import { padImages } from '../../../common/digit-images/pad.ts';
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import type { Told } from '../../shell/files/file-kind.ts';
import type { FreeTiles } from './free-tiles.ts';
import { idxBytes, type IdxFile, readIdx } from './idx.ts';
import { countLive } from './live-digits.ts';
import { readStart } from './unpack.ts';

/** The cells between two images where the tiles are made larger for them. */
const GAP_CELLS = 4;
/** The maximum size of an IDX file of digits, unpacked. */
const MOST_UNPACKED_BYTES = 512 * 2 ** 20;
/** This many digits are examined, even if the canvas has room for fewer. */
const LOOKED_AT = 200;
/** The notice about a file replaces the one about the file before. */
const KEY = 'digit-files';

/** The digits of a file that were read. */
interface IdxDigits {
  /** side · side bytes each. */
  readonly images: Uint8Array;
  readonly side: number;
  readonly labels: Uint8Array | undefined;
  /** The number of digits in the whole file. */
  readonly count: number;
}

/**
 * Puts the first digits of an IDX file of images into the tiles, with the labels of a file opened together with it. If
 * the images look inverted or rotated, it asks first.
 * @throws Error that says what is wrong
 */
export async function takeIdx(page: Page, files: readonly File[], free: FreeTiles, signal: AbortSignal): Promise<Told> {
  const { language, attempt, notices } = page;
  const texts = TEXTS[language];
  const digits = await readDigits(page, files);
  signal.throwIfAborted();
  const { layout } = page.playground.simulation;
  if (digits.side > layout.tile) return askForRoom(page, digits.side, () => takeIdx(page, files, free, signal));
  const { side } = digits;
  const oddities = odditiesOf(digits.images, side);
  const isDim = oddities.includes('dim');
  const scaled = isDim ? mendImages(digits.images, ['dim'], side) : digits.images;
  const put = (mends: readonly Oddity[]): Promise<Told> =>
    place(page, { ...digits, images: mendImages(scaled, mends, side), isScaled: isDim }, free.list());
  const odd = oddities.filter((oddity) => oddity !== 'dim');
  if (odd.length === 0) return put([]);
  const choose = (mends: readonly Oddity[]) => () => {
    attempt(async () => {
      if (signal.aborted) return;
      const { message, ...options } = await put(mends);
      notices.show(message, options);
    });
  };
  return {
    message: texts.ask(odd),
    kind: 'warning',
    key: KEY,
    actions: [
      { label: texts.mend(odd), run: choose(odd) },
      { label: texts.asTheyAre, run: choose([]) },
    ],
  };
}

async function readDigits({ playground, language }: Page, files: readonly File[]): Promise<IdxDigits> {
  const texts = TEXTS[language];
  const { columns, rows } = playground.simulation.layout;
  const most = Math.max(LOOKED_AT, columns * rows);
  const read: IdxFile[] = [];
  for (const file of files) {
    const { start, totalBytes } = await readStart(file, idxBytes(most), MOST_UNPACKED_BYTES, texts);
    read.push(readIdx(start, totalBytes, most, texts));
  }
  const images = read.filter(({ kind }) => kind === 'images');
  const labels = read.filter(({ kind }) => kind === 'labels');
  const [first] = images;
  if (!first) throw new Error(texts.labelsAlone);
  if (images.length > 1 || labels.length > 1) throw new Error(texts.oneAtATime);
  const own = labels[0];
  if (own && own.count !== first.count) throw new Error(texts.otherCount(own.count, first.count));
  const { width, height, data, count } = first;
  const side = Math.max(width, height);
  return { images: padImages(data, width, height, side), side, labels: own?.data, count };
}

/** Asks whether the canvas may be replaced by one with tiles that have room for the images, and `then` takes them. */
function askForRoom(page: Page, side: number, then: () => Promise<Told>): Told {
  const { playground, language, attempt, notices } = page;
  const texts = TEXTS[language];
  const { columns, rows, tile } = playground.simulation.layout;
  const larger = side + GAP_CELLS;
  // About as many cells as before.
  const fewer = (count: number): number => Math.max(1, Math.round((count * tile) / larger));
  const makeRoom = async (): Promise<void> => {
    await playground.setCanvas({ columns: fewer(columns), rows: fewer(rows), tile: larger });
    const { message, ...options } = await then();
    notices.show(message, options);
  };
  return {
    message: texts.needsRoom(side, tile),
    kind: 'warning',
    key: KEY,
    actions: [{ label: texts.makeRoom, run: () => attempt(makeRoom) }],
  };
}

/** Puts digits into tiles, and offers to rotate them. */
async function place(
  page: Page,
  digits: IdxDigits & { readonly isScaled: boolean },
  tiles: readonly number[],
): Promise<Told> {
  const { playground, language, attempt, notices } = page;
  const texts = TEXTS[language];
  const { images, labels, count, isScaled } = digits;
  const side = Math.max(DIGIT_SIZE, digits.side);
  const placed = Math.min(tiles.length, images.length / digits.side ** 2);
  const shown = padImages(images.subarray(0, placed * digits.side ** 2), digits.side, digits.side, side);
  await playground.editor.setDigits(shown, labels?.subarray(0, placed), tiles.slice(0, placed), side);
  const live = countLive(shown, side, playground.simulation.model.specification);
  const turn = (): void => {
    attempt(async () => {
      const { message, ...options } = await place(
        page,
        { ...digits, images: mendImages(images, ['turned'], digits.side) },
        tiles,
      );
      notices.show(message, options);
    });
  };
  return {
    message: [texts.taken(live, count, placed - live), ...(isScaled ? [texts.scaled] : [])].join(' '),
    key: KEY,
    actions: [{ label: texts.turn, run: turn }],
  };
}
