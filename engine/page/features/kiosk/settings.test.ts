import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKioskSettings, DEFAULT_KIOSK_SETTINGS, KioskSettingsError } from './settings.ts';
import { parseKioskSettings } from './settings-file.ts';

const parse = (text: string) => parseKioskSettings(text, 'The file');

describe('the settings of an exhibit', () => {
  it('have a default each', () => {
    expect(parse('{}')).toEqual(DEFAULT_KIOSK_SETTINGS);
    expect(DEFAULT_KIOSK_SETTINGS.idleSeconds).toBe(30);
    expect(DEFAULT_KIOSK_SETTINGS.canvas.tile).toBe(32);
    expect(DEFAULT_KIOSK_SETTINGS.scenes.length).toBeGreaterThan(4);
  });

  it('go through the file they are written to unchanged', () => {
    expect(parse(JSON.stringify(DEFAULT_KIOSK_SETTINGS))).toEqual(DEFAULT_KIOSK_SETTINGS);
  });

  it('may be written by an editor that puts a byte order mark first', () => {
    expect(parse('\uFEFF{"seed": 4}').seed).toBe(4);
  });

  it.each([
    ['{"columns": 20', 'The file, line 1, column 15: A closing brace } is missing here.'],
    ['[1]', 'line 1, column 1: The file must hold one JSON object'],
    ['3', 'line 1, column 1: The file must hold one JSON object'],
    ['{"colums": 20}', '"colums" is not known; did you mean "columns" in "canvas"?'],
    ['{"canvas": {"columns": "20"}}', '"canvas.columns" must be a whole number from 1 to 128'],
    ['{"canvas": {"rows": 0.5}}', '"canvas.rows" must be a whole number from 1 to 128'],
    ['{"canvas": 3}', '"canvas" must be an object with some of columns, rows, tile'],
    ['{"palette": "sepia"}', '"palette" must be one of seed, safe, contrast'],
    ['{"language": "pt"}', '"language" must be one of auto, en, de, fr, es, it, nl'],
    ['{"presentation": {"bar": "middle"}}', '"presentation.bar" must be one of bottom, top, left, right'],
    ['{"presentation": {"textScale": 3}}', '"presentation.textScale" must be a number from 1 to 2'],
    ['{"presentation": {"languages": []}}', '"presentation.languages" must be a list of 1 to 6 entries'],
    ['{"stepsPerSecond": 1e999}', '"stepsPerSecond" must be a number from 0.1 to 1000'],
    ['{"idleSeconds": -1}', '"idleSeconds" must be a number from 3 to 3600'],
    ['{"snapshotSeconds": 0.5}', '"snapshotSeconds" must be 0, or a number from 1 to 3600'],
    ['{"timeZone": "Mars/Olympus"}', '"timeZone" must be a time zone'],
    ['{"openingHours": [{"from": "9:00", "to": "18:00"}]}', '"openingHours[0].from" must be a time'],
    ['{"openingHours": [{"from": "09:00"}]}', '"openingHours[0].to" is missing'],
    [
      '{"openingHours": [{"days": ["Mo"], "from": "09:00", "to": "24:00"}]}',
      '"openingHours[0].days[0]" must be one of',
    ],
    ['{"scenes": []}', '"scenes" must be a list of 1 to 200 entries'],
    ['{"scenes": [{"kind": "dance"}]}', '"scenes[0].kind" must be one of write, wave, damage, chimera, unknown, zoom'],
    ['{"scenes": [{"kind": "write", "digits": "12a"}]}', '"scenes[0].digits" must be a text of 1 to 24 digits'],
    ['{"scenes": [{"kind": "unknown", "shapes": []}]}', '"scenes[0].shapes" must be a list of 1 to 24 entries'],
    ['{"scenes": [{"kind": "wave", "second": 3}]}', '"scenes[0].second" is not known; did you mean "seconds"?'],
    ['{"scenes": [{"kind": "rest", "seconds": 0}]}', '"scenes[0].seconds" must be a number from 3 to 3600'],
    ['{"supervision": {"port": 70000}}', '"supervision.port" must be a whole number from 0 to 65535'],
  ])('are refused as %s with a line that names the field and what it may be', (text, reason) => {
    expect(() => parse(text)).toThrow(KioskSettingsError);
    expect(() => parse(text)).toThrow(reason);
  });

  it('are refused in short sentences, whatever they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          checkKioskSettings(value, 'The file');
        } catch (error) {
          if (!(error instanceof KioskSettingsError)) throw error;
          for (const line of error.lines) expect(line).toMatch(/^The file[^\n]{1,900}[.?]$/);
          expect(error.message).toBe(error.lines.join('\n'));
        }
      }),
    );
  });
});
