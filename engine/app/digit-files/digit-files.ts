/** The kinds of files that hold digits: MNIST's own, and pictures. */
import type { Controls } from '../controls.ts';
import { type FileKind, hasSuffix } from '../files/file-kind.ts';
import { loadPart } from '../load-part.ts';

const PICTURE_SUFFIXES = ['.png', '.jpg', '.jpeg'];
const GZIP_SUFFIXES = ['.gz', '-ubyte'];

export function idxFiles(controls: Controls): FileKind {
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
    take: async (files) => (await loadPart(() => import('./take-digits.ts'))).takeIdx(controls, files),
  };
}

export function pictureFiles(controls: Controls): FileKind {
  return {
    accept: ['image/png', 'image/jpeg'],
    mostBytes: 64 * 2 ** 20,
    recognizes: (file, head) => {
      const isPng = head[0] === 0x89 && head[1] === 0x50;
      const isJpeg = head[0] === 0xff && head[1] === 0xd8;
      return isPng || isJpeg || hasSuffix(file, PICTURE_SUFFIXES);
    },
    replaces: ['digits'],
    takesSeveral: true,
    take: async (files) => (await loadPart(() => import('./take-digits.ts'))).takePictures(controls, files),
  };
}
