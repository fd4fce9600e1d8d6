/** Common mistakes in settings files. Each is reported in one line that says where it is and what to do. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../command-line/command.ts';
import { PROJECT_FOLDER } from '../site.ts';
import { readKioskSettings } from './read-settings.ts';

const MODELS = ['accurate', 'swift', 'tiny', 'distill', 'cax'];

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
  file = join(folder, 'kiosk.json');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The messages about a file, without its path. */
function linesFor(content: string | Uint8Array): string[] {
  writeFileSync(file, content);
  try {
    readKioskSettings(file, MODELS);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).not.toBe(0);
    return error.message.split('\n').map((line) => {
      expect(line.startsWith(file), line).toBe(true);
      return line.slice(file.length);
    });
  }
}

const MISTAKES: readonly [what: string, text: string, line: string][] = [
  // Words
  [
    'a model mistyped',
    '{"model": "swfit"}',
    ', line 1, column 11: "model" must be one of accurate, swift, tiny, distill, cax; did you mean "swift"?',
  ],
  ['a model that is none', '{"model": "resnet"}', '"model" must be one of accurate, swift, tiny, distill, cax.'],
  [
    'a palette mistyped',
    '{"palette": "contrats"}',
    '"palette" must be one of seed, safe, contrast; did you mean "contrast"?',
  ],
  ['a palette in capitals', '{"palette": "Safe"}', 'did you mean "safe"?'],
  ['a view mistyped', '{"view": "lable"}', 'did you mean "label"?'],
  ['a language with its country', '{"language": "de-AT"}', '"language" must be one of auto, en, de'],
  ['a language in words', '{"language": "english"}', 'did you mean "en"?'],
  [
    'a day shortened',
    '{"openingHours": [{"days": ["mon"], "from": "09:00", "to": "18:00"}]}',
    '"openingHours[0].days[0]" must be one of sunday, monday, tuesday, wednesday, thursday, friday, saturday; did you mean "monday"?',
  ],
  [
    'a day in capitals',
    '{"openingHours": [{"days": ["Monday"], "from": "09:00", "to": "18:00"}]}',
    'did you mean "monday"?',
  ],
  [
    'a scene mistyped',
    '{"scenes": [{"kind": "wvae"}]}',
    '"scenes[0].kind" must be one of write, wave, damage, chimera, unknown, zoom, rest; did you mean "wave"?',
  ],
  [
    'a direction mistyped',
    '{"scenes": [{"kind": "wave", "direction": "outwards"}]}',
    '"scenes[0].direction" must be one of right, left, down, up, outward; did you mean "outward"?',
  ],
  [
    'a shape mistyped',
    '{"scenes": [{"kind": "unknown", "shapes": ["star", "hart"]}]}',
    '"scenes[0].shapes[1]" must be one of heart, star, sun, spiral, arrow, grid; did you mean "heart"?',
  ],
  [
    'a time zone mistyped',
    '{"timeZone": "Europe/Berln"}',
    '"timeZone" must be a time zone such as "Europe/Berlin"; did you mean "Europe/Berlin"?',
  ],
  // Names
  ['a name mistyped', '{"palete": "safe"}', ', line 1, column 2: "palete" is not known; did you mean "palette"?'],
  ['a name in other letters', '{"idleseconds": 20}', '"idleseconds" is not known; did you mean "idleSeconds"?'],
  [
    'a name within an object mistyped',
    '{"supervision": {"logfile": "a"}}',
    '"supervision.logfile" is not known; did you mean "logFile"?',
  ],
  ['a field outside its object', '{"port": 8080}', '"port" does not belong here, but in "supervision".'],
  [
    'a field inside another object',
    '{"canvas": {"palette": "safe"}}',
    '"canvas.palette" does not belong here, but in the outermost object.',
  ],
  [
    'a field mistyped outside its object',
    '{"colums": 16}',
    '"colums" is not known; did you mean "columns" in "canvas"?',
  ],
  ['a name that means nothing', '{"colour": "red"}', '"colour" is not known; there are language, model, seed'],
  [
    'a scene without its kind',
    '{"scenes": [{"seconds": 30}]}',
    '"scenes[0].kind" is missing; it must be one of write, wave',
  ],
  ['hours without an end', '{"openingHours": [{"from": "09:00"}]}', '"openingHours[0].to" is missing.'],
  ['a name twice', '{"seed": 1,\n "seed": 2}', ', line 2, column 2: "seed" appears twice; remove one of them.'],
  // Values
  [
    'a number in quotation marks',
    '{"supervision": {"port": "8080"}}',
    '"supervision.port" must be a whole number from 0 to 65535, without quotation marks.',
  ],
  [
    'a truth value in quotation marks',
    '{"scenes": [{"kind": "rest", "quiet": "true"}]}',
    '"scenes[0].quiet" must be true or false, without quotation marks.',
  ],
  ['a number too large', '{"canvas": {"columns": 1920}}', '"canvas.columns" must be a whole number from 1 to 128.'],
  ['minutes for seconds', '{"idleSeconds": 0.5}', '"idleSeconds" must be a number from 3 to 3600.'],
  ['columns and rows as a list', '{"canvas": [16, 9]}', '"canvas" must be an object with names and values, in braces.'],
  [
    'one scene in place of a list',
    '{"scenes": {"kind": "rest"}}',
    '"scenes" must be a list of 1 to 200 entries, in square brackets.',
  ],
  ['a scene that is a word', '{"scenes": ["rest"]}', '"scenes[0]" must be an object with a "kind"'],
  [
    'digits that are a number',
    '{"scenes": [{"kind": "write", "digits": 2026}]}',
    '"scenes[0].digits" must be a text of digits.',
  ],
  [
    'one shape in place of a list',
    '{"scenes": [{"kind": "unknown", "shapes": "heart"}]}',
    '"scenes[0].shapes" must be a list of 1 to 24 entries, in square brackets.',
  ],
  [
    'a caption that is a number',
    '{"scenes": [{"kind": "rest", "caption": 7}]}',
    '"scenes[0].caption" must be a text or an object.',
  ],
  [
    'a caption for a language that is a number',
    '{"scenes": [{"kind": "rest", "caption": {"en": 7}}]}',
    '"scenes[0].caption.en" must be a text of at most 160 characters.',
  ],
  [
    'a list in quotation marks',
    '{"supervision": {"browserFlags": "--force-dark-mode"}}',
    '"supervision.browserFlags" must be a list of 0 to 50 entries, in square brackets.',
  ],
  [
    'an option without hyphens',
    '{"supervision": {"browserFlags": ["force-dark-mode"]}}',
    '"supervision.browserFlags[0]" must begin with two hyphens, as in "--force-dark-mode".',
  ],
  [
    'two options in one',
    '{"supervision": {"browserFlags": ["--a --b"]}}',
    '"supervision.browserFlags[0]" holds two options',
  ],
  [
    'an address with its port',
    '{"supervision": {"host": "0.0.0.0:8080"}}',
    '"supervision.host" must be an address without a port',
  ],
  [
    'an address of a page',
    '{"supervision": {"host": "http://0.0.0.0/"}}',
    '"supervision.host" must be an address alone',
  ],
  ['nothing', '{"model": null}', '"model" must be a text of 1 to 64 characters.'],
  [
    'a patience shorter than the heartbeat',
    '{"supervision": {"heartbeatSeconds": 20}}',
    '"supervision.silenceSeconds" must be at least 2 times "heartbeatSeconds"',
  ],
  // Hours
  [
    'a time without its zero',
    '{"openingHours": [{"from": "9:00", "to": "18:00"}]}',
    '"openingHours[0].from" must be a time from "00:00" to "23:59"; did you mean "09:00"?',
  ],
  ['a time with a point', '{"openingHours": [{"from": "09.30", "to": "18:00"}]}', 'did you mean "09:30"?'],
  ['a time that is a number', '{"openingHours": [{"from": 9, "to": "18:00"}]}', 'did you mean "09:00"?'],
  [
    'no time at all',
    '{"openingHours": [{"from": "09:00", "to": "09:00"}]}',
    '"openingHours[0]" begins and ends at the same time; for a whole day write "from": "00:00", "to": "24:00".',
  ],
  [
    'hours that overlap',
    '{"openingHours": [{"from": "09:00", "to": "12:30"},\n {"days": ["friday"], "from": "12:00", "to": "18:00"}]}',
    ', line 2, column 2: "openingHours[1]" overlaps with entry 1 of the list on friday; change one, or merge the two.',
  ],
  [
    'hours that overlap past midnight',
    '{"quietHours": [{"days": ["sunday"], "from": "00:00", "to": "02:00"}, {"days": ["saturday"], "from": "22:00", "to": "01:00"}]}',
    '"quietHours[1]" overlaps with entry 1 of the list on sunday',
  ],
  [
    'a day twice',
    '{"quietHours": [{"days": ["monday", "monday"], "from": "12:00", "to": "13:00"}]}',
    '"quietHours[0]" overlaps with itself on monday; name each day once.',
  ],
  // The log
  [
    'a log in a folder that is not there',
    '{"supervision": {"logFile": "/nowhere/at/all/kiosk.log"}}',
    '"supervision.logFile" is in a folder that does not exist; make it with: mkdir -p /nowhere/at/all.',
  ],
  [
    'a log that is a folder',
    `{"supervision": {"logFile": "${tmpdir()}"}}`,
    '"supervision.logFile" is a folder; name a file in it',
  ],
  ['a log at home', '{"supervision": {"logFile": "~/kiosk.log"}}', '"supervision.logFile" must be a whole path'],
  // JSON
  [
    'a comma too many',
    '{"seed": 1,\n}',
    ', line 2, column 1: There is an extra comma before this closing bracket; remove it.',
  ],
  ['a comma missing', '{"seed": 1\n "model": "tiny"}', ', line 2, column 2: A comma is missing before this.'],
  ['a brace missing', '{"canvas": {"columns": 3}', ', line 1, column 26: A closing brace } is missing here.'],
  ['single quotation marks', "{'seed': 1}", ', line 1, column 2: Texts need double quotation marks "like these".'],
  ['typographic quotation marks', '{“seed”: 1}', ', line 1, column 2: Texts need double quotation marks "like these".'],
  ['a comment', '{\n  // the hall\n  "seed": 1}', ', line 2, column 3: JSON has no comments; remove this one.'],
  ['a text that is not closed', '{"model": "tiny}', 'A text is not closed'],
  ['a path of Windows', '{"supervision": {"logFile": "C:\\kiosk.log"}}', 'A backslash in a text must be written twice'],
  [
    'a word without quotation marks',
    '{"model": tiny}',
    ', line 1, column 11: This word is not valid JSON; texts need double quotation marks.',
  ],
  ['a name without quotation marks', '{seed: 1}', 'line 1, column 2'],
  ['an empty file', '', 'The file is empty; it must hold one JSON object, at least {}.'],
  ['a list', '[]', 'The file must hold one JSON object.'],
  ['two objects', '{"seed": 1}\n{}', ', line 2, column 1: Nothing may follow the closing brace of the file'],
];

describe('a mistake in the settings', () => {
  it.each(MISTAKES)('is told in one line: %s', (_, text, expected) => {
    const lines = linesFor(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(expected);
    expect(lines[0]).toMatch(/^, line \d+, column \d+: .{10,400}[.?]$/);
    // Nothing in the words of a program.
    expect(lines[0]).not.toMatch(/Expected|Object|undefined|Invalid/);
  });

  it('in the encoding is told with its place', () => {
    const latin = Buffer.from('{"seed": 1,\n "model": "grün"}', 'latin1');
    expect(linesFor(latin)).toEqual([
      ', line 2, column 14: The file is not UTF-8, but probably Latin-1 with the letter “ü” here; save it again as UTF-8.',
    ]);
    expect(linesFor(Buffer.from('\uFEFF{"seed": 1}', 'utf16le'))).toEqual([' is UTF-16; save it again as UTF-8.']);
    // Umlauts, and the mark that some editors put first, are right.
    expect(linesFor('\uFEFF{"scenes": [{"kind": "rest", "caption": "grün"}]}')).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('of a log that cannot be written is told with what to do', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    expect(linesFor(JSON.stringify({ supervision: { logFile: join(closed, 'a.log') } }))).toEqual([
      `, line 1, column 28: "supervision.logFile" cannot be written by the user ${userInfo().username}; give the folder to that user with: chown ${userInfo().username} ${closed}.`,
    ]);
  });

  it('keeps none of the others from being told', () => {
    const lines = linesFor(
      [
        '{',
        '  "modle": "swift",',
        '  "pallete": "safe",',
        '  "model": "swfit",',
        '  "model": "tiny",',
        '  "canvas": { "columns": 0, "colums": 3, "row": 2 },',
        '  "openingHours": [{ "from": "9:00", "to": "18:00" }, { "from": "10:00", "to": "10:00" }],',
        '  "supervision": { "port": "80", "logFile": "/nowhere/a.log", "heartbeatSeconds": 30 }',
        '}',
      ].join('\n'),
    );
    const places = lines.map((line) => /^, line (\d+), column \d+: "([^"]+)"/.exec(line)?.slice(1).join(' '));
    expect(places).toEqual([
      '2 modle',
      '3 pallete',
      '5 model',
      '6 canvas.columns',
      '6 canvas.colums',
      '6 canvas.row',
      '7 openingHours[0].from',
      '7 openingHours[1]',
      '8 supervision.silenceSeconds',
      '8 supervision.port',
      '8 supervision.logFile',
    ]);
  });

  it('ends the command before anything starts', { timeout: 60_000 }, async () => {
    writeFileSync(file, '{"model": "swfit",\n "palette": "sefe"}');
    const launcher = join(PROJECT_FOLDER, 'engine', 'cli', 'run.mjs');
    const { code, out, err } = await new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [launcher, 'kiosk', '--config', file], (error, out, err) => {
        resolve({ code: error?.code ?? 0, out, err });
      });
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trimEnd().split('\n')).toEqual([
      `${file}, line 1, column 11: "model" must be one of accurate, swift, tiny, distill, cax, alphabet, pencil; did you mean "swift"?`,
      `${file}, line 2, column 13: "palette" must be one of seed, safe, contrast; did you mean "safe"?`,
    ]);
  });
});
