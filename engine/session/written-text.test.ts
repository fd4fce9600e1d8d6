import { describe, expect, it } from 'vitest';
import { boundsOf, type Stroke } from '../common/handwriting/stroke.ts';
import { clearTile, drawCharacter, planText } from './written-text.ts';

const LAYOUT = { columns: 5, rows: 3, tile: 32 };
const CENTRE = { x: 80, y: 48 };
const NAMES = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const labelOf = (character: string): number => NAMES.indexOf(character.toUpperCase());
const plan = (text: string, centre = CENTRE, layout = LAYOUT) =>
  planText(text, layout, centre, labelOf, (label) => NAMES[label]);
const tilesOf = ({ characters }: ReturnType<typeof plan>): string[] =>
  characters.map(({ label, tile }) => `${NAMES[label]}${tile}`);

describe('a text on the tiles', () => {
  it('stands in the middle, and the tiles around it are cleared', () => {
    const planned = plan('ada');
    expect(tilesOf(planned)).toEqual(['A6', 'D7', 'A8']);
    expect(planned.tiles).toEqual(Array.from({ length: 15 }, (_, tile) => tile));
    expect(planned).toMatchObject({ written: 'ADA', missing: [], left: '' });
    expect(plan('J', { x: 0, y: 0 }).tiles).toEqual([0, 1, 5, 6]);
  });

  it('stays on the canvas at its edge', () => {
    expect(tilesOf(plan('ADA', { x: 159, y: 95 }))).toEqual(['A12', 'D13', 'A14']);
    expect(tilesOf(plan('ADA', { x: -40, y: 300 }))).toEqual(['A10', 'D11', 'A12']);
  });

  it('goes on in the next row, at a space if there is one', () => {
    const two = plan('Ada B 07');
    expect(two.written).toBe('ADA B 07');
    expect(tilesOf(two)).toEqual(['A5', 'D6', 'A7', 'B9', '012', '713']);
    expect(tilesOf(plan('ABCDEFG'))).toEqual(['A5', 'B6', 'C7', 'D8', 'E9', 'F12', 'G13']);
  });

  it('tells what is no class, once each, and what has no room', () => {
    const planned = plan('Zoë & Anaïs Ë');
    expect(planned.missing).toEqual(['ë', '&', 'ï', 'Ë']);
    expect(planned.written).toBe('ZO ANAS');
    expect(plan('ABCDE FGHIJ KLMNO PQ R').left).toBe('PQ R');
    expect(plan('♥♥')).toMatchObject({ characters: [], tiles: [], written: '', missing: ['♥'] });
    expect(plan('   ')).toMatchObject({ characters: [], written: '', missing: [] });
    // A letter and its accent are one character, however they are encoded.
    expect(plan('e\u0301').missing).toEqual(['\u00e9']);
  });
});

describe('a character', () => {
  const stroke: Stroke = Array.from({ length: 41 }, (_, index) => ({ x: 0.2, y: index / 40, pressure: 1 }));

  it('is drawn in joined pieces in the middle of its tile, and then labelled', () => {
    const operations = drawCharacter(LAYOUT, 7, 12, [stroke, [{ x: 0.8, y: 0.5, pressure: 0.5 }]]);
    const pieces = operations.flatMap((operation) => (operation.kind === 'paint' ? [operation.points] : []));
    expect(pieces).toHaveLength(6);
    for (const index of [1, 2, 3, 4]) expect(pieces[index][0]).toEqual(pieces[index - 1].at(-1));
    expect(pieces[5]).toHaveLength(1);
    const { left, right, top, bottom } = boundsOf(pieces.map((points) => points.map((p) => ({ pressure: 1, ...p }))));
    const centreAndHeight = [(left + right) / 2, (top + bottom) / 2, bottom - top];
    [80, 48, 20].forEach((expected, index) => expect(centreAndHeight[index]).toBeCloseTo(expected));
    expect(operations.at(-1)).toEqual({ kind: 'label', column: 2, row: 1, label: 12 });
  });

  it('finds its tile cleared', () => {
    expect(clearTile(LAYOUT, 7)).toEqual({
      ...{ kind: 'tile', column: 2, row: 1, label: null, keepState: false },
      image: new Uint8Array(784),
    });
  });
});
