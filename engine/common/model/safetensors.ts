/**
 * The safetensors container: eight bytes for the length of the header, a JSON header, then the tensors' bytes without
 * gaps, little-endian, row-major. It is used for importing weights, and for the checkpoints of the training package.
 * Format: https://github.com/huggingface/safetensors#format
 */
import { ModelError } from './model-error.ts';
import { sizeOf } from './weights.ts';

/** `F16` and `BF16` keep the 16 bits of each value. */
const ARRAYS = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** The typed array of each dtype, over memory of any kind. */
interface ArrayOf {
  F64: Float64Array;
  I64: BigInt64Array;
  U64: BigUint64Array;
  F32: Float32Array;
  I32: Int32Array;
  U32: Uint32Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  I16: Int16Array;
  U16: Uint16Array;
  I8: Int8Array;
  U8: Uint8Array;
  BOOL: Uint8Array;
}

export type SafetensorsDtype = keyof ArrayOf;

/** One row-major tensor, with the typed array for its dtype. */
export type SafetensorsTensor = {
  [D in SafetensorsDtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: ArrayOf[D];
  };
}[SafetensorsDtype];

/** The contents of a safetensors file. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** Free text by key: the `__metadata__` of the header. */
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
const METADATA_KEY = '__metadata__';
/** Longer headers are refused before they are parsed. */
const HEADER_BYTES_LIMIT = 8 * 2 ** 20;

/**
 * Returns the bytes of a safetensors file. Tensors with larger elements come first, so that every tensor is aligned for
 * readers that map the file into memory.
 *
 * @throws ModelError if a tensor's data do not fit its shape and dtype
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const entries: [string, unknown][] = [[METADATA_KEY, metadata]];
  let dataBytes = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    if (name === METADATA_KEY) throw new ModelError(`A tensor cannot be called "${METADATA_KEY}".`);
    if (!(data instanceof ARRAYS[dtype]) || data.length !== sizeOf(shape)) {
      throw new ModelError(
        `The tensor "${shorten(name)}" holds ${data.length} values as ${data.constructor.name}, which is not ${dtype} [${shape.join(', ')}].`,
      );
    }
    entries.push([name, { dtype, shape, data_offsets: [dataBytes, dataBytes + data.byteLength] }]);
    dataBytes += data.byteLength;
  }
  // fromEntries defines own properties, whatever the name. An assignment would lose a tensor named "__proto__".
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  if (headerBytes > HEADER_BYTES_LIMIT) {
    throw new ModelError(`The safetensors header would take ${headerBytes} bytes; at most ${HEADER_BYTES_LIMIT} fit.`);
  }
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, LENGTH_BYTES);
  bytes.fill(0x20, LENGTH_BYTES + json.length, LENGTH_BYTES + headerBytes);
  let at = LENGTH_BYTES + headerBytes;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file. The tensors are copies, in the order of the file.
 *
 * @throws ModelError that says what is wrong with the file
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const header = readHeader(bytes);
  const dataStart = LENGTH_BYTES + header.byteLength;
  const dataBytes = bytes.length - dataStart;
  let metadata: Record<string, string> = {};
  const entries: (TensorEntry & { name: string })[] = [];
  for (const [name, value] of Object.entries(header.fields)) {
    if (name === METADATA_KEY) metadata = readMetadata(value);
    else entries.push({ name, ...readEntry(name, value) });
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const tensors = new Map<string, SafetensorsTensor>();
  let covered = 0;
  for (const { name, dtype, shape, begin, end } of entries) {
    if (end > dataBytes) {
      throw new ModelError(
        `The safetensors file is truncated: "${shorten(name)}" ends at byte ${end} of the data, of which there are ${dataBytes}.`,
      );
    }
    if (begin !== covered) {
      throw new ModelError(
        `The safetensors file is damaged: "${shorten(name)}" starts at byte ${begin} of the data instead of byte ${covered}.`,
      );
    }
    // This copies only these bytes. Node's Buffer.slice would share its whole pool.
    const own = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    // The array was chosen by the dtype, which the compiler cannot infer from the table.
    tensors.set(name, { dtype, shape, data: new ARRAYS[dtype](own.buffer) } as SafetensorsTensor);
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new ModelError(`The safetensors file has ${dataBytes - covered} bytes after its last tensor.`);
  }
  return { tensors, metadata };
}

/**
 * Returns a tensor's values as float32: unchanged if they are float32, rounded to nearest if they are wider.
 *
 * @throws ModelError for a boolean tensor
 */
export function float32Of(tensor: SafetensorsTensor): Float32Array {
  switch (tensor.dtype) {
    case 'F32':
      return tensor.data;
    case 'F16':
      return Float32Array.from(tensor.data, floatFromHalf);
    case 'BF16': {
      // A bfloat is the upper half of a float32.
      const words = Uint32Array.from(tensor.data, (bits) => bits << 16);
      return new Float32Array(words.buffer);
    }
    case 'I64':
    case 'U64':
      return Float32Array.from(tensor.data, Number);
    case 'BOOL':
      throw new ModelError('A boolean tensor cannot be read as numbers.');
    default:
      return Float32Array.from(tensor.data);
  }
}

/** The value of an IEEE 754 half float, given its bits. */
function floatFromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

interface TensorEntry {
  dtype: SafetensorsDtype;
  shape: number[];
  /** The range in bytes from the start of the data, with the end exclusive. */
  begin: number;
  end: number;
}

function readHeader(bytes: Uint8Array): { fields: Record<string, unknown>; byteLength: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new ModelError(`This is not a safetensors file: it has ${bytes.length} bytes.`);
  }
  const claimed = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (claimed > BigInt(HEADER_BYTES_LIMIT)) {
    // Eight printable characters are the beginning of a text, not an intended number.
    const start = String.fromCharCode(...bytes.subarray(0, LENGTH_BYTES));
    if (/^[\t\n\r -~]+$/.test(start)) {
      throw new ModelError(`This is not a safetensors file, but text that begins with ${JSON.stringify(start)}.`);
    }
    throw new ModelError(
      `This is not a safetensors file, or a damaged one: its header claims ${claimed} bytes, of which at most ${HEADER_BYTES_LIMIT} are allowed.`,
    );
  }
  const byteLength = Number(claimed);
  const available = bytes.length - LENGTH_BYTES;
  if (byteLength > available) {
    throw new ModelError(
      `The safetensors file is truncated: its header claims ${byteLength} bytes, but only ${available} follow.`,
    );
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + byteLength),
    );
    const fields: unknown = JSON.parse(text);
    if (isRecord(fields)) return { fields, byteLength };
  } catch {
    // Reported below, in the same words as a header that is JSON but not an object.
  }
  throw new ModelError('This is not a safetensors file, or a damaged one: its header is not a JSON object.');
}

function readMetadata(value: unknown): Record<string, string> {
  // The format's own reader accepts this too.
  if (value === null) return {};
  if (!isRecord(value)) throw new ModelError(`The safetensors file's ${METADATA_KEY} is not an object.`);
  const texts = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') {
      throw new ModelError(`The safetensors file's ${METADATA_KEY} holds "${shorten(key)}", which is not a text.`);
    }
    return [key, text];
  });
  return Object.fromEntries(texts);
}

function readEntry(name: string, value: unknown): TensorEntry {
  const refuse = (fault: string) => new ModelError(`The safetensors file's tensor "${shorten(name)}" ${fault}.`);
  if (!isRecord(value)) throw refuse('is not described by an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !isDtype(dtype)) {
    throw refuse(`has the unknown type ${shorten(JSON.stringify(dtype) ?? 'nothing')}`);
  }
  if (!isCounts(shape)) throw refuse('has a shape that is not a list of whole numbers');
  if (!isCounts(offsets) || offsets.length !== 2) throw refuse('has data offsets that are not two whole numbers');
  const [begin, end] = offsets;
  const byteLength = sizeOf(shape) * ARRAYS[dtype].BYTES_PER_ELEMENT;
  if (end - begin !== byteLength) {
    throw refuse(`is ${dtype} [${shorten(shape.join(', '))}], ${byteLength} bytes, but has offsets for ${end - begin}`);
  }
  return { dtype, shape, begin, end };
}

function isDtype(text: string): text is SafetensorsDtype {
  return Object.hasOwn(ARRAYS, text);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shortens a text from a file so that a message stays on one line. */
function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
