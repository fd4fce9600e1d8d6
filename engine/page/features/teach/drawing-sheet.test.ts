import { describe, expect, it } from 'vitest';
import { keepDraft, recallDraft } from './draft.ts';
import { DrawingSheet, drawingsIn, TILES } from './drawing-sheet.ts';

const stroke = [
  { x: 1, y: 2 },
  { x: 3.123, y: 4 },
];

describe('a sheet of drawings', () => {
  it('undoes and redoes strokes, clearing and filling', () => {
    let changes = 0;
    const sheet = new DrawingSheet(() => (changes += 1));
    sheet.addStroke(2, stroke);
    sheet.addStroke(2, stroke);
    sheet.put(0, [stroke]);
    sheet.clearAll();
    expect(sheet.drawings).toEqual([]);
    sheet.undo();
    expect(sheet.tiles[2]).toHaveLength(2);
    sheet.undo();
    sheet.undo();
    expect(sheet.drawings).toEqual([[stroke]]);
    sheet.redo();
    expect(sheet.tiles[2]).toHaveLength(2);
    sheet.clear(2);
    expect(sheet.canRedo).toBe(false);
    expect(changes).toBe(9);
  });

  it('leaves out drawings that it has no tile for, and empty strokes', () => {
    const sheet = new DrawingSheet(() => undefined);
    sheet.open(Array.from({ length: TILES + 3 }, () => [stroke]));
    expect(sheet.drawings).toHaveLength(TILES);
    sheet.addStroke(0, []);
    expect(sheet.canUndo).toBe(false);
  });
});

describe('drawings from outside', () => {
  it('are taken only if they are drawings', () => {
    expect(drawingsIn([[stroke], []])).toEqual([[stroke], []]);
    for (const wrong of [null, {}, [1], [[1]], [[[{ x: 1 }]]], [[[{ x: NaN, y: 1 }]]], [[[{ x: '1', y: 1 }]]]]) {
      expect(drawingsIn(wrong)).toBeNull();
    }
    expect(drawingsIn([[Array.from({ length: 6000 }, () => ({ x: 0, y: 0 }))]])).toBeNull();
  });
});

describe('a draft', () => {
  const memoryOf = (stored = new Map<string, string>()) => ({
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });

  it('comes back as it was, to a tenth of a cell', () => {
    const memory = memoryOf();
    keepDraft(memory, { name: '★', drawings: [[stroke]] });
    expect(recallDraft(memory)).toEqual({
      name: '★',
      drawings: [
        [
          [
            { x: 1, y: 2 },
            { x: 3.1, y: 4 },
          ],
        ],
      ],
    });
    keepDraft(memory, { name: '', drawings: [] });
    expect(recallDraft(memory)).toBeNull();
  });

  it('is none if the storage holds something else', () => {
    for (const text of ['{', '7', '{"name":1,"drawings":[]}', '{"name":"a","drawings":7}']) {
      expect(recallDraft(memoryOf(new Map([['teach', text]])))).toBeNull();
    }
    expect(recallDraft(null)).toBeNull();
  });
});
