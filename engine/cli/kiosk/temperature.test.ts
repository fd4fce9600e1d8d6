import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { celsius } from './temperature.ts';

it('is that of the hottest part, and null where none is measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thermal-'));
  try {
    expect(celsius(join(folder, 'absent'))).toBeNull();
    expect(celsius(folder)).toBeNull();
    for (const [index, text] of ['48000\n', '61500\n', '-274000\n', 'broken'].entries()) {
      mkdirSync(join(folder, `thermal_zone${index}`));
      writeFileSync(join(folder, `thermal_zone${index}`, 'temp'), text);
    }
    expect(celsius(folder)).toBe(61.5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
