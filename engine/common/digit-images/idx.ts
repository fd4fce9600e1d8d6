/**
 * The header of IDX files, the format of MNIST: a magic number, then the dimensions, followed by bytes of pixels or
 * labels.
 */

/** The magic number of each kind of file. */
export const IDX_MAGIC = { images: '0x00000803', labels: '0x00000801' } as const;

export const IMAGES_HEADER_BYTES = 16;
export const LABELS_HEADER_BYTES = 8;

export interface IdxHeader {
  readonly kind: 'images' | 'labels';
  readonly count: number;
  /** The size of an image in pixels; 1 × 1 for labels. */
  readonly width: number;
  readonly height: number;
  readonly headerBytes: number;
  /** The required length of the file, including its header. It may be far too much to allocate. */
  readonly fileBytes: number;
}

/** The kind of file according to the magic number, or null if it is not an IDX file of images or labels. */
export function kindOfIdx(head: Uint8Array): IdxHeader['kind'] | null {
  const magic = magicOf(head);
  if (magic === IDX_MAGIC.images) return 'images';
  return magic === IDX_MAGIC.labels ? 'labels' : null;
}

/** The header of a file that begins with these bytes, or null if it is not such a file or ends within its header. */
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
