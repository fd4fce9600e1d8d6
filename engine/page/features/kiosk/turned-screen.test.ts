import { describe, expect, it } from 'vitest';
import { chooseLayout } from '../../../session/layout.ts';
import { TurnedScreen } from './turned-screen.ts';

const WIDE = { width: 1920, height: 1080 };
const TALL = { width: 1080, height: 1920 };
const LAYOUT = chooseLayout(WIDE);

describe('a screen that turns', () => {
  it('gets the canvas that fits, once it stays turned', () => {
    const turned = new TurnedScreen({});
    expect(turned.update(0, WIDE, LAYOUT)).toBeNull();
    expect(turned.update(1000, TALL, LAYOUT)).toBeNull();
    expect(turned.update(3999, TALL, LAYOUT)).toBeNull();
    expect(turned.update(4000, TALL, LAYOUT)).toEqual(chooseLayout(TALL));
    expect(turned.update(4001, TALL, LAYOUT)).toBeNull();
    expect(turned.update(9000, TALL, chooseLayout(TALL))).toBeNull();
  });

  it('keeps its canvas where it is turned back, or only changes its size', () => {
    const turned = new TurnedScreen({});
    turned.update(0, TALL, LAYOUT);
    turned.update(1000, WIDE, LAYOUT);
    expect(turned.update(3500, TALL, LAYOUT)).toBeNull();
    expect(turned.update(7000, { width: 800, height: 600 }, LAYOUT)).toBeNull();
    expect(turned.update(12_000, { width: 800, height: 600 }, LAYOUT)).toBeNull();
  });

  it('keeps the canvas that was asked for', () => {
    const asked = { columns: 6, rows: 3, tile: 32 };
    const turned = new TurnedScreen(asked);
    for (const moment of [0, 5000, 10_000]) expect(turned.update(moment, TALL, asked)).toBeNull();
  });
});
