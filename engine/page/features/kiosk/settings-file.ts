/** Reads an exhibit's settings from the bytes of a file, and reports the position of each fault. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  type ParseErrorCode,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { examineSettings, type KioskSettings, KioskSettingsError, sentence, type SettingsFault } from './settings.ts';

/** Finds further faults in a value that may contain anything. */
export type FurtherChecks = (value: unknown) => readonly SettingsFault[];

/** A fault at a place in a text. */
interface PlacedFault {
  readonly offset: number;
  readonly words: string;
}

/**
 * Reads settings from the bytes of a file; `name` is its name in messages.
 * @param furtherChecks checks that only the caller can make, such as which models exist
 * @throws KioskSettingsError
 */
export function decodeKioskSettings(
  bytes: Uint8Array,
  name: string,
  furtherChecks: FurtherChecks = () => [],
): KioskSettings {
  return parseKioskSettings(decodeText(bytes, name), name, furtherChecks);
}

/**
 * Reads settings from a text.
 * @throws KioskSettingsError
 */
export function parseKioskSettings(
  source: string,
  name: string,
  furtherChecks: FurtherChecks = () => [],
): KioskSettings {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const placed: PlacedFault[] = syntaxFaults(text, errors);
  if (root) placed.push(...repeatedNames(root));
  let settings: KioskSettings | null = null;
  // If the text is broken, the parsed remainder has faults that are not in the file.
  if (root && errors.length === 0) {
    const value: unknown = getNodeValue(root);
    const examined = examineSettings(value);
    ({ settings } = examined);
    for (const fault of [...examined.faults, ...furtherChecks(value)]) {
      placed.push({ offset: offsetOf(root, fault), words: sentence(fault) });
    }
  }
  if (placed.length === 0 && settings !== null) return settings;
  if (placed.length === 0) placed.push({ offset: 0, words: 'The file must hold one JSON object.' });
  throw new KioskSettingsError(
    placed
      .sort((one, other) => one.offset - other.offset)
      .map(({ offset, words }) => placeOf(text, offset, name) + words),
  );
}

/**
 * The text of a file.
 * @throws KioskSettingsError if it is not UTF-8
 */
function decodeText(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0) {
    throw new KioskSettingsError([`${name} is UTF-16; save it again as UTF-8.`]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const valid = validStart(bytes);
    const latin = new TextDecoder('windows-1252').decode(bytes.subarray(valid.length, valid.length + 1));
    const place = placeOf(valid.text, valid.text.length, name);
    throw new KioskSettingsError([
      `${place}The file is not UTF-8, but probably Latin-1 with the letter “${latin}” here; save it again as UTF-8.`,
    ]);
  }
}

/** The text before the first byte that is not UTF-8, and its length in bytes. */
function validStart(bytes: Uint8Array): { readonly text: string; readonly length: number } {
  const decodes = (length: number): string | null => {
    try {
      // An incomplete character at the end is not a fault here.
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return null;
    }
  };
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodes(middle) === null) high = middle - 1;
    else low = middle;
  }
  // The last bytes may be the beginning of an incomplete character.
  let length = low;
  while (length > 0 && bytes[length - 1] >= 0xc0) length -= 1;
  return { text: decodes(length) ?? '', length };
}

/** `kiosk.json, line 3, column 14: `, counted from 1. */
function placeOf(text: string, offset: number, name: string): string {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return `${name}, line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: `;
}

const SYNTAX_FAULTS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This word is not valid JSON; texts need double quotation marks',
  InvalidNumberFormat: 'A number is malformed; it is written as in 12 or 0.5',
  UnexpectedEndOfNumber: 'A number is malformed; it is written as in 12 or 0.5',
  PropertyNameExpected: 'The name of a setting must follow here, in double quotation marks',
  ValueExpected: 'A value is missing here, or there is an extra comma',
  ColonExpected: 'A colon is missing before this',
  CommaExpected: 'A comma is missing before this',
  CloseBraceExpected: 'A closing brace } is missing here',
  CloseBracketExpected: 'A closing bracket ] is missing here',
  EndOfFileExpected: 'Nothing may follow the closing brace of the file; remove everything after it',
  InvalidCommentToken: 'JSON has no comments; remove this one',
  UnexpectedEndOfString: 'A text is not closed; a double quotation mark is missing at the end of this line',
  InvalidUnicode: 'In a text, \\u must be followed by four digits from 0 to f',
  InvalidEscapeCharacter: 'A backslash in a text must be written twice, as in "C:\\\\kiosk"',
  InvalidCharacter: 'A text contains a character that is not allowed; write a tab as \\t',
};

/**
 * Faults in the JSON syntax. Of several faults in a line, only the first is reported, because it usually causes the
 * others.
 */
function syntaxFaults(text: string, errors: readonly ParseError[]): PlacedFault[] {
  if (text.trim() === '')
    return [{ offset: 0, words: 'The file is empty; it must hold one JSON object, at least {}.' }];
  const faults = new Map<number, PlacedFault>();
  const end = text.trimEnd().length;
  for (const { error, offset } of errors) {
    const at = Math.min(offset, end);
    const line = text.slice(0, at).split('\n').length;
    if (!faults.has(line)) faults.set(line, { offset: at, words: `${syntaxWords(text, at, error)}.` });
  }
  return [...faults.values()];
}

function syntaxWords(text: string, offset: number, error: ParseErrorCode): string {
  if (/^[}\]]/.test(text.slice(offset)) && /,\s*$/.test(text.slice(0, offset))) {
    return 'There is an extra comma before this closing bracket; remove it';
  }
  if (/^['‘’“”„]/.test(text.slice(offset))) return 'Texts need double quotation marks "like these"';
  return SYNTAX_FAULTS[printParseErrorCode(error)] ?? 'This is not JSON';
}

/** Names that occur twice in an object. JSON would silently use only the last one. */
function repeatedNames(node: Node): PlacedFault[] {
  const children = node.children ?? [];
  const faults = children.flatMap(repeatedNames);
  if (node.type !== 'object') return faults;
  const seen = new Set<unknown>();
  for (const { children: [name] = [] } of children) {
    if (name && seen.has(name.value)) {
      faults.push({
        offset: name.offset,
        words: `"${String(name.value).slice(0, 60)}" appears twice; remove one of them.`,
      });
    }
    seen.add(name?.value);
  }
  return faults;
}

/** The offset of a field in the text, or that of its object if the field is missing. */
function offsetOf(root: Node, { path, isName }: SettingsFault): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return (isName && length === path.length ? node.parent?.offset : undefined) ?? node.offset;
  }
  return root.offset;
}
