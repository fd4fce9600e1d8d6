import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeMachine } from '../bench/machine.ts';
import { probeMachine, readCaches } from './probe-machine.ts';

test('caches are listed by level, without those of instructions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caches-'));
  try {
    const caches = [
      ['index0', 'Data', '1', '32K'],
      ['index1', 'Instruction', '1', '64K'],
      ['index3', 'Unified', '3', '32768K'],
      ['index2', 'Unified', '2', '512K'],
    ];
    for (const [name, type, level, size] of caches) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'type'), `${type}\n`);
      writeFileSync(join(folder, name, 'level'), `${level}\n`);
      writeFileSync(join(folder, name, 'size'), `${size}\n`);
    }
    expect(readCaches(folder)).toEqual([32, 512, 32_768]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a system that says nothing about its caches has none in the line', () => {
  expect(readCaches('/nowhere')).toEqual([]);
  const facts = { ...probeMachine(), cacheKilobytes: [] };
  expect(describeMachine(facts)).not.toContain('caches');
});

test('this machine copies and multiplies at a rate that a machine can have', () => {
  const { chainMillions, cacheCopyGigabytes, memoryCopyGigabytes, day } = probeMachine();
  expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
  for (const rate of [chainMillions / 1000, cacheCopyGigabytes / 100, memoryCopyGigabytes / 100]) {
    expect(rate).toBeGreaterThan(0.0005);
    expect(rate).toBeLessThan(10);
  }
});
