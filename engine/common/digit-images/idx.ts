/** The header of IDX files, the format of MNIST: a magic number, then the extents; bytes of pixels or labels follow. */

/** The magic number of either kind of file. */
export const IDX_MAGIC = { images: '0x00000803', labels: '0x00000801' } as const;

export const IMAGES_HEADER_BYTES = 16;
export const LABELS_HEADER_BYTES = 8;

export interface IdxHeader {
  readonly kind: 'images' | 'labels';
  readonly count: number;
  /** Pixels of an image; a label has 1 × 1. */
  readonly width: number;
  readonly height: number;
  readonly headerBytes: number;
  /** How long the file has to be, its header included. It may be far too much to allocate. */
  readonly fileBytes: number;
}

/** What the magic number says that a file holds; null if it is no IDX file of images or labels. */
export function kindOfIdx(head: Uint8Array): IdxHeader['kind'] | null {
  const magic = magicOf(head);
  if (magic === IDX_MAGIC.images) return 'images';
  return magic === IDX_MAGIC.labels ? 'labels' : null;
}

/** The header of a file that begins with these bytes; null if it is no such file, or ends within its header. */
export function readIdxHeader(start: Uint8Array): IdxHeader | null {
  const kind = kindOfIdx(start);
  if (kind === null) return null;
  const headerBytes = kind === 'images' ? IMAGES_HEADER_BYTES : LABELS_HEADER_BYTES;
  if (start.length < headerBytes) return null;
  const view = new DataView(start.buffer, start.byteOffset);
  const count = view.getUint32(4);
  const [height, width] = kind === 'images' ? [view.getUint32(8), view.getUint32(12)] : [1, 1];
  return { kind, count, width, height, headerBytes, fileBytes: headerBytes + count * height * width };
}

/** The first four bytes in the usual notation of a magic number, such as "0x00000803". */
export function magicOf(start: Uint8Array): string {
  return `0x${Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
