import { expect, test } from 'vitest';
import { SettingError, Settings } from './settings.ts';

test('a value that was set can be read, and listeners learn which ones changed', () => {
  const settings = new Settings();
  const heard: string[][] = [];
  settings.events.on('change', (names) => heard.push([...names]));
  settings.set({ dropout: 0.25, view: 'ink', palette: settings.values.palette });
  expect(settings.values.dropout).toBe(0.25);
  expect(settings.values.view).toBe('ink');
  expect(heard).toEqual([['dropout', 'view']]);
});

test.each([
  [{ dropuot: 0.5 }, /no setting "dropuot"/],
  [{ dropout: 1.5 }, /"dropout" must be a number from 0 to 0.95, not 1.5/],
  [{ dropout: Number.NaN }, /"dropout".*not NaN/],
  [{ dropout: '0.5' }, /"dropout".*not "0.5"/],
  [{ paused: 1 }, /"paused" must be true or false, not 1/],
  [{ view: 'sideways' }, /"view" must be one of label, /],
  [{ channel: 1.5 }, /"channel" must be a whole number/],
  [{ toString: 1 }, /no setting "toString"/],
  [{ palette: ['seed'] }, /not a list/],
])('%j is refused with a sentence that names it', (changes, message) => {
  const settings = new Settings();
  expect(() => settings.set(changes)).toThrow(SettingError);
  expect(() => settings.set(changes)).toThrow(message);
});

test('if one value is invalid, none is set', () => {
  const settings = new Settings();
  expect(() => settings.set({ brushRadius: 3, noise: -1 })).toThrow(SettingError);
  expect(settings.values.brushRadius).toBe(1.5);
});

test('the channels follow the model: a smaller one clamps the value', () => {
  const settings = new Settings();
  settings.set({ channel: 19 });
  settings.setCount(['channel'], 16);
  expect(settings.values.channel).toBe(15);
  expect(() => settings.set({ channel: 16 })).toThrow(/from 0 to 15/);
});
