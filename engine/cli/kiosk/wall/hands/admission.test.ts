/** Who is let in: tokens, keys, places, attempts, passwords. */
import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';
import { HandKeys, KEY_LIFE_SECONDS } from './hand-keys.ts';
import { JoinTokens } from './join-tokens.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { AWAY_SECONDS, Roster } from './roster.ts';

const SECRET = Buffer.from('a secret of the test');

describe('the token in the code', () => {
  it('is honoured for its own time and once as long, and then no more', () => {
    let now = 5_000_000;
    const tokens = new JoinTokens(SECRET, 60, () => now);
    const token = tokens.current();
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(tokens.isValid(token)).toBe(true);
    now += tokens.freshMilliseconds;
    expect(tokens.current()).not.toBe(token);
    expect(tokens.isValid(token)).toBe(true);
    now += 59_999;
    expect(tokens.isValid(token)).toBe(true);
    now += 1;
    expect(tokens.isValid(token)).toBe(false);
  });

  it('follows from the secret: another server has the same, a stranger none', () => {
    const now = () => 1e12;
    const tokens = new JoinTokens(SECRET, 60, now);
    expect(new JoinTokens(SECRET, 60, now).current()).toBe(tokens.current());
    expect(tokens.isValid(new JoinTokens(Buffer.from('other'), 60, now).current())).toBe(false);
    expect(tokens.isValid('')).toBe(false);
  });
});

describe('the key of a hand', () => {
  it('is read for an hour, and only if nothing in it was changed', () => {
    let now = 1e12;
    const keys = new HandKeys(SECRET, () => now);
    const key = keys.keyOf('abcdefghijklmnop');
    expect(keys.read(key)).toBe('abcdefghijklmnop');
    expect(new HandKeys(SECRET, () => now).read(key)).toBe('abcdefghijklmnop');
    for (let at = 0; at < key.length; at += 1) {
      const changed = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`;
      expect(keys.read(changed)).toBeNull();
    }
    now += KEY_LIFE_SECONDS * 1000 + 1000;
    expect(keys.read(key)).toBeNull();
  });
});

describe('the places', () => {
  it('are as many as allowed; one that was left goes to the next', () => {
    const roster = new Roster(2);
    const first = roster.join(0);
    expect(roster.join(0)).not.toBeNull();
    expect(roster.join(0)).toBeNull();
    roster.leave(first?.id ?? '', 1000);
    expect(roster.join(10_000)).toBeNull();
    expect(roster.join(22_000)).not.toBeNull();
    expect(roster.comeBack(first?.id ?? '', 23_000)).toBe('full');
  });

  it('are kept for a while for those who come back, with their ink', () => {
    const roster = new Roster(2);
    const first = roster.join(0);
    roster.leave(first?.id ?? '', 1000);
    expect(roster.comeBack(first?.id ?? '', 100_000)).toBe(first);
    roster.leave(first?.id ?? '', 100_000);
    roster.expire(100_000 + AWAY_SECONDS * 1000 + 1);
    expect(roster.size).toBe(0);
  });

  it('are not given to those who were sent away', () => {
    const roster = new Roster(2);
    const first = roster.join(0);
    expect(roster.drop(first?.id ?? '')).toBe(true);
    expect(roster.comeBack(first?.id ?? '', 1)).toBe('dropped');
    expect(roster.drop('nobody')).toBe(false);
  });
});

it('attempts of one address are limited, and those of others are not', () => {
  const attempts = new Attempts({ perSecond: 1, most: 3 });
  for (let count = 0; count < 3; count += 1) {
    expect(attempts.mayTry('a', 0)).toBe(true);
    attempts.note('a', 0);
  }
  expect(attempts.mayTry('a', 0)).toBe(false);
  expect(attempts.mayTry('b', 0)).toBe(true);
  expect(attempts.mayTry('a', 1000)).toBe(true);
});

it('a password is known by its hash, and only that password', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^scrypt\$\d+\$[\w-]+\$[\w-]+$/);
  expect(await isPassword('correct horse battery', hash)).toBe(true);
  expect(await isPassword('correct horse batterx', hash)).toBe(false);
  expect(await isPassword('anything', 'scrypt$99$aa$bb')).toBe(false);
  expect(await isPassword('anything', 'plain')).toBe(false);
});
