/** Reads the source map that a script carries at its end. */

/** From here on, up to the next, a script's text comes from this place of a source; lines and columns from 0. */
export interface Segment {
  /** Where in the script, in characters. */
  readonly offset: number;
  /** Index into the map's sources. */
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

export interface SourceMap {
  readonly sources: readonly string[];
  readonly segments: readonly Segment[];
}

const MARK = '//# sourceMappingURL=';
const INLINE_MAP = /^data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)/;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The map of a script, or null if it carries none. */
export function sourceMapOf(script: string): SourceMap | null {
  const inline = INLINE_MAP.exec(script.slice(script.lastIndexOf(MARK) + MARK.length));
  if (!inline) return null;
  const { sources, mappings } = JSON.parse(Buffer.from(inline[1], 'base64').toString()) as {
    sources: string[];
    mappings: string;
  };
  const segments: Segment[] = [];
  let lineStart = 0;
  let [source, line, column] = [0, 0, 0];
  for (const group of mappings.split(';')) {
    let offset = lineStart;
    for (const text of group === '' ? [] : group.split(',')) {
      const numbers = decodeNumbers(text);
      offset += numbers[0];
      if (numbers.length < 4) continue;
      source += numbers[1];
      line += numbers[2];
      column += numbers[3];
      segments.push({ offset, source, line, column });
    }
    lineStart = script.indexOf('\n', lineStart) + 1;
    if (lineStart === 0) break;
  }
  return { sources, segments };
}

/** Base-64 numbers of variable length, the lowest five bits first, the sign in the last. */
function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
