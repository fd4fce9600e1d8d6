/** Opens files that contain digits: MNIST's own files, and pictures. */
import type { Feature, Page } from '../../shell/feature.ts';
import { type FileKind, hasSuffix } from '../../shell/files/file-kind.ts';
import { FreeTiles } from './free-tiles.ts';
import { loadPart } from '../../shell/load-part.ts';

const PICTURE_SUFFIXES = [
  '.png',
  '.jpg',
  '.jpeg',
  '.webp',
  '.avif',
  '.gif',
  '.bmp',
  '.heic',
  '.heif',
  '.jxl',
  '.tif',
  '.tiff',
];
/** The first bytes of pictures, whatever their names: PNG, JPEG, GIF and BMP. */
const PICTURE_SIGNATURES = ['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'BM'];
/** What pictures contain from their fifth or ninth byte on: AVIF and HEIC, WebP. */
const INNER_SIGNATURES = ['ftypavif', 'ftypavis', 'ftypheic', 'ftypheix', 'ftypmif1', 'ftypmsf1', 'WEBPVP8'];
const GZIP_SUFFIXES = ['.gz', '-ubyte'];

function idxFiles(page: Page): FileKind {
  return {
    accept: ['.gz', '.idx', '.idx3-ubyte', '.idx1-ubyte'],
    mostBytes: 256 * 2 ** 20,
    recognizes: (file, head) => {
      const isIdx = head[0] === 0 && head[1] === 0 && head[2] === 8;
      const isGzip = head[0] === 0x1f && head[1] === 0x8b;
      return isIdx || (isGzip && hasSuffix(file, GZIP_SUFFIXES));
    },
    replaces: ['digits'],
    takesSeveral: true,
    take: async (files, signal) => {
      // Anything painted from now on is kept, even while the rest is loading.
      const free = new FreeTiles(page.playground, signal);
      const { takeIdx } = await loadPart(() => import('./take-idx.ts'));
      return takeIdx(page, files, free, signal);
    },
  };
}

function pictureFiles(page: Page): FileKind {
  return {
    accept: ['image/*', ...PICTURE_SUFFIXES],
    mostBytes: 256 * 2 ** 20,
    recognizes: (file, head) => {
      const text = String.fromCharCode(...head.subarray(0, 16));
      const isPicture =
        PICTURE_SIGNATURES.some((signature) => text.startsWith(signature)) ||
        INNER_SIGNATURES.some((signature) => text.startsWith(signature, 4) || text.startsWith(signature, 8));
      return isPicture || hasSuffix(file, PICTURE_SUFFIXES);
    },
    replaces: ['digits'],
    takesSeveral: true,
    take: async (files, signal) => {
      const free = new FreeTiles(page.playground, signal);
      const { takePictures } = await loadPart(() => import('./take-pictures.ts'));
      return takePictures(page, files, free, signal);
    },
  };
}

export const digitFiles: Feature = {
  scope: 'page',
  connect: (page) => ({ files: [idxFiles(page), pictureFiles(page)] }),
};
