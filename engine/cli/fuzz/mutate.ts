/** Inputs that are close to valid ones, to get past the first check and break something behind it. */
import type { Random } from '../../common/random/random.ts';

/** Numbers at which parsers tend to fail. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const TOKENS = [
  '-1',
  '1e308',
  '1e-400',
  '9007199254740993',
  'null',
  '[]',
  '{}',
  '""',
  '"__proto__"',
  'true',
  'NaN',
  '\u0000',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  '[[[[[[[[',
  '%00',
  '%',
  '..',
  '99999999999999999999',
  '0x10',
  '"constructor"',
];

function changeOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const place = random.below(bytes.length + 1);
  switch (random.below(8)) {
    case 0:
      bytes[place] = random.word();
      return bytes;
    case 1:
      if (place < bytes.length) bytes[place] ^= 1 << random.below(8);
      return bytes;
    case 2:
      return bytes.slice(0, place);
    case 3:
      return joined(bytes.subarray(0, place), bytes.subarray(Math.min(bytes.length, place + 1 + random.below(64))));
    case 4: {
      const start = random.below(bytes.length + 1);
      return joined(bytes.subarray(0, place), bytes.subarray(start, start + random.below(64)), bytes.subarray(place));
    }
    case 5: {
      if (place + 4 > bytes.length) return bytes;
      const edge = EDGES[random.below(EDGES.length)];
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(place, edge, random.below(2) === 0);
      return bytes;
    }
    case 6: {
      const token = new TextEncoder().encode(TOKENS[random.below(TOKENS.length)]);
      return joined(bytes.subarray(0, place), token, bytes.subarray(Math.min(bytes.length, place + random.below(8))));
    }
    default:
      return Uint8Array.from({ length: random.below(200) }, () => random.word());
  }
}

/** Returns a valid input with one to four changes or, occasionally, pure noise. */
export function mutate(seed: Uint8Array, random: Random): Uint8Array {
  // Make a copy; a Node Buffer's `slice` does not copy.
  let bytes: Uint8Array = new Uint8Array(seed);
  const changes = 1 + random.below(4);
  for (let change = 0; change < changes; change += 1) bytes = changeOnce(bytes, random);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
