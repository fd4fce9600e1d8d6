/**
 * KTX2 files that hold one two-dimensional RGBA32F texture and some texts: the container of a baked model. `ktx-parse`
 * writes and reads the format. This module restricts it to the variant in use and keeps malicious headers from reaching
 * `ktx-parse`. Format: https://registry.khronos.org/KTX/specs/2.0/ktxspec.v2.html
 */
import {
  createDefaultContainer,
  KHR_DF_CHANNEL_RGBSDA_ALPHA,
  KHR_DF_CHANNEL_RGBSDA_BLUE,
  KHR_DF_CHANNEL_RGBSDA_GREEN,
  KHR_DF_CHANNEL_RGBSDA_RED,
  KHR_DF_MODEL_RGBSDA,
  KHR_DF_SAMPLE_DATATYPE_FLOAT,
  KHR_DF_SAMPLE_DATATYPE_SIGNED,
  KHR_DF_TRANSFER_LINEAR,
  KHR_SUPERCOMPRESSION_NONE,
  type KTX2Container,
  read,
  VK_FORMAT_R32G32B32A32_SFLOAT,
  write,
} from 'ktx-parse';
import { ModelError } from './model-error.ts';

/** A texture of RGBA32F texels, rows from the top, with texts by key. */
export interface FloatTexture {
  readonly width: number;
  readonly height: number;
  /** width · height · 4 values. */
  readonly texels: Float32Array;
  /** The key–value data, except for the format's own `KTX…` keys. */
  readonly texts: ReadonlyMap<string, string>;
}

const IDENTIFIER = [0xab, 0x4b, 0x54, 0x58, 0x20, 0x32, 0x30, 0xbb, 0x0d, 0x0a, 0x1a, 0x0a];
/** The identifier, the header and the index of one level. */
const HEAD_BYTES = 12 + 68 + 24;
const TEXEL_BYTES = 16;
/** Longer key–value data are refused before they are parsed. */
const TEXT_BYTES_LIMIT = 2 ** 20;

/**
 * The bit patterns of −1 and 1 in float32: the value range for viewers, set in the same way as by other writers of the
 * format.
 */
const MINUS_ONE_BITS = 0xbf800000 | 0;
const ONE_BITS = 0x3f800000;

/**
 * Returns the bytes of a KTX2 file with this texture.
 *
 * @throws ModelError if the texels are not width · height · 4 values or the texts are too long
 */
export function encodeFloatTexture({ width, height, texels, texts }: FloatTexture): Uint8Array<ArrayBuffer> {
  if (texels.length !== width * height * 4) {
    throw new ModelError(
      `A texture of ${width} × ${height} texels takes ${width * height * 4} values, not ${texels.length}.`,
    );
  }
  const container = createDefaultContainer();
  container.vkFormat = VK_FORMAT_R32G32B32A32_SFLOAT;
  container.typeSize = 4;
  container.pixelWidth = width;
  container.pixelHeight = height;
  container.levelCount = 1;
  const bytes = new Uint8Array(texels.byteLength);
  bytes.set(new Uint8Array(texels.buffer, texels.byteOffset, texels.byteLength));
  container.levels = [{ levelData: bytes, uncompressedByteLength: bytes.length }];
  const [format] = container.dataFormatDescriptor;
  format.colorModel = KHR_DF_MODEL_RGBSDA;
  format.transferFunction = KHR_DF_TRANSFER_LINEAR;
  format.bytesPlane = [TEXEL_BYTES, 0, 0, 0, 0, 0, 0, 0];
  format.samples = [
    KHR_DF_CHANNEL_RGBSDA_RED,
    KHR_DF_CHANNEL_RGBSDA_GREEN,
    KHR_DF_CHANNEL_RGBSDA_BLUE,
    KHR_DF_CHANNEL_RGBSDA_ALPHA,
  ].map((channel, index) => ({
    bitOffset: index * 32,
    bitLength: 31,
    channelType: channel | KHR_DF_SAMPLE_DATATYPE_FLOAT | KHR_DF_SAMPLE_DATATYPE_SIGNED,
    samplePosition: [0, 0, 0, 0],
    sampleLower: MINUS_ONE_BITS,
    sampleUpper: ONE_BITS,
  }));
  container.keyValue = { ...Object.fromEntries(texts), KTXorientation: 'rd' };
  const file = write(container);
  const textBytes = new DataView(file.buffer).getUint32(60, true);
  if (textBytes > TEXT_BYTES_LIMIT) {
    throw new ModelError(`The texts of the KTX2 file take ${textBytes} bytes; at most ${TEXT_BYTES_LIMIT} fit.`);
  }
  return file;
}

/**
 * Reads a KTX2 file with a single RGBA32F texture. The texels are a copy.
 *
 * @throws ModelError that says what is wrong with the file
 */
export function decodeFloatTexture(bytes: Uint8Array): FloatTexture {
  checkHead(bytes);
  const container = readContainer(bytes);
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(container.keyValue)) {
    if (typeof value !== 'string') texts.set(key, textOf(value, key));
  }
  const { pixelWidth: width, pixelHeight: height, levels } = container;
  const [level] = levels;
  // This is a copy, because the level may not be aligned to four bytes in the caller's memory.
  const own = new Uint8Array(level.levelData);
  return { width, height, texels: new Float32Array(own.buffer), texts };
}

/** Refuses files whose header specifies another kind of texture or bytes that do not exist. */
function checkHead(bytes: Uint8Array): void {
  if (bytes.length < IDENTIFIER.length || IDENTIFIER.some((byte, index) => byte !== bytes[index])) {
    throw new ModelError('This is not a KTX2 file.');
  }
  if (bytes.length < HEAD_BYTES) throw truncated(bytes.length, 'its header', HEAD_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const field = (index: number) => view.getUint32(12 + index * 4, true);
  // ktx-parse reads 64-bit words in the same way. Beyond 2⁵³ they are inexact, but too large in any case.
  const long = (at: number) => Number(view.getBigUint64(at, true));

  const refuse = (fault: string) => new ModelError(`The KTX2 file ${fault}.`);
  const [format, typeSize, width, height, depth, layers, faces, levels, supercompression] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8,
  ].map(field);
  if (format !== VK_FORMAT_R32G32B32A32_SFLOAT || typeSize !== 4) {
    throw refuse(`holds texels of Vulkan's format ${format}, not of RGBA32F (${VK_FORMAT_R32G32B32A32_SFLOAT})`);
  }
  if (supercompression !== KHR_SUPERCOMPRESSION_NONE) throw refuse('is compressed');
  if (width === 0 || height === 0 || depth !== 0 || layers !== 0 || faces !== 1) {
    throw refuse('does not hold a single two-dimensional texture');
  }
  if (levels !== 1) throw refuse(`holds ${levels} levels instead of one`);

  const parts: [what: string, begin: number, byteLength: number][] = [
    ['its format description', field(9), field(10)],
    ['its texts', field(11), field(12)],
    ['its texels', long(80), long(88)],
  ];
  for (const [what, begin, byteLength] of parts) {
    if (begin + byteLength > bytes.length) throw truncated(bytes.length, what, begin + byteLength);
  }
  if (field(12) > TEXT_BYTES_LIMIT)
    throw refuse(`has ${field(12)} bytes of texts, of which at most ${TEXT_BYTES_LIMIT} are allowed`);
  if (long(72) !== 0) throw refuse('carries supercompression data');
  const texelBytes = width * height * TEXEL_BYTES;
  if (long(88) !== texelBytes) {
    throw refuse(`contradicts itself: ${width} × ${height} texels take ${texelBytes} bytes, not ${long(88)}`);
  }
}

function truncated(byteLength: number, what: string, end: number): ModelError {
  return new ModelError(
    `The KTX2 file is truncated: it has ${byteLength} bytes, and ${what} would end at byte ${end}.`,
  );
}

function readContainer(bytes: Uint8Array): KTX2Container {
  try {
    return read(bytes);
  } catch {
    // The reader's errors mention buffers and offsets, which are of no use to the user.
    throw new ModelError('The KTX2 file is damaged: its format description or its texts cannot be read.');
  }
}

/** Decodes a text from the key–value data, which ends with a zero byte that is not part of it. */
function textOf(value: Uint8Array, key: string): string {
  const end = value[value.length - 1] === 0 ? value.length - 1 : value.length;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.subarray(0, end));
  } catch {
    throw new ModelError(`The KTX2 file is damaged: its text "${key.slice(0, 80)}" is not UTF-8.`);
  }
}
