import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Camera, MOST_PIXELS_A_CELL } from './camera.ts';

const stage = { width: 800, height: 600 };
const canvas = { width: 400, height: 200 };

test('a new camera shows the whole canvas, centred, as large as it fits', () => {
  const camera = new Camera(stage, canvas);
  expect(camera.pixelsPerCell).toBe(2);
  expect([camera.originX, camera.originY]).toEqual([0, 100]);
  expect(camera.toCells({ x: 400, y: 300 })).toEqual({ x: 200, y: 100 });
});

test('zooming keeps the cell under the pointer in place', () => {
  const camera = new Camera(stage, canvas);
  camera.zoom(4, { x: 400, y: 300 });
  const anchor = { x: 500, y: 250 };
  const before = camera.toCells(anchor);
  camera.zoom(1.5, anchor);
  expect(camera.toCells(anchor).x).toBeCloseTo(before.x, 9);
  expect(camera.toCells(anchor).y).toBeCloseTo(before.y, 9);
});

test('a fitted canvas stays fitted when the stage changes, a zoomed one keeps its scale', () => {
  const camera = new Camera(stage, canvas);
  camera.resize({ width: 400, height: 300 }, canvas);
  expect(camera.pixelsPerCell).toBe(1);
  camera.zoom(4, { x: 200, y: 150 });
  camera.resize(stage, canvas);
  expect(camera.pixelsPerCell).toBe(4);
});

test('a new canvas is shown whole', () => {
  const camera = new Camera(stage, canvas);
  camera.zoom(8, { x: 10, y: 10 });
  camera.resize(stage, { width: 100, height: 100 });
  expect(camera.fitted).toBe(true);
});

test('a canvas given by an object whose size changes is shown whole too', () => {
  const simulation = { width: 100, height: 100 };
  const camera = new Camera(stage, simulation);
  simulation.width = 400;
  simulation.height = 200;
  camera.resize(stage, simulation);
  expect(camera.fitted).toBe(true);
  expect(camera.toCells({ x: 400, y: 300 })).toEqual({ x: 200, y: 100 });
});

test('no gesture loses the canvas: it covers the stage or is centred in it', () => {
  const gesture = fc.oneof(
    fc.record({
      factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
      x: fc.integer({ min: 0, max: 800 }),
      y: fc.integer({ min: 0, max: 600 }),
    }),
    fc.record({ panX: fc.integer({ min: -5000, max: 5000 }), panY: fc.integer({ min: -5000, max: 5000 }) }),
  );
  fc.assert(
    fc.property(fc.array(gesture, { maxLength: 20 }), (gestures) => {
      const camera = new Camera(stage, canvas);
      for (const one of gestures) {
        if ('factor' in one) camera.zoom(one.factor, one);
        else camera.pan(one.panX, one.panY);
      }
      const { originX: x, originY: y } = camera;
      const width = canvas.width * camera.pixelsPerCell;
      const height = canvas.height * camera.pixelsPerCell;
      expect(camera.pixelsPerCell).toBeGreaterThanOrEqual(2);
      expect(camera.pixelsPerCell).toBeLessThanOrEqual(MOST_PIXELS_A_CELL);
      if (width > stage.width) expect(x <= 1e-6 && x + width >= stage.width - 1e-6).toBe(true);
      else expect(x + width / 2).toBeCloseTo(stage.width / 2, 6);
      if (height > stage.height) expect(y <= 1e-6 && y + height >= stage.height - 1e-6).toBe(true);
      else expect(y + height / 2).toBeCloseTo(stage.height / 2, 6);
    }),
  );
});

test('a stage that has no size yet gives a finite picture', () => {
  const camera = new Camera({ width: 0, height: 0 }, canvas);
  expect(Number.isFinite(camera.pixelsPerCell)).toBe(true);
  camera.resize(stage, canvas);
  camera.fit();
  expect(camera.pixelsPerCell).toBe(2);
});

test('two panes are beside each other on a wide stage and show the same cells', () => {
  const camera = new Camera({ width: 802, height: 300 }, canvas);
  camera.panes = 2;
  expect(camera.stage).toEqual({ width: 400, height: 300 });
  expect(camera.pixelsPerCell).toBe(1);
  expect(camera.paneAt({ x: 100, y: 10 })).toBe(0);
  expect(camera.paneAt({ x: 502, y: 10 })).toBe(1);
  expect(camera.toCells({ x: 502, y: 150 })).toEqual(camera.toCells({ x: 100, y: 150 }));
  expect(camera.toScreen({ x: 100, y: 100 }, 1)).toEqual({ x: 502, y: 150 });
  // A stroke that leaves its pane does not jump to the other side of the canvas.
  expect(camera.toCells({ x: 410, y: 150 }, 0).x).toBeCloseTo(410, 9);
  camera.zoom(2, { x: 502, y: 150 });
  expect(camera.toCells({ x: 502, y: 150 }).x).toBeCloseTo(100, 9);
});

test('two panes are above each other on an upright stage, and a single one is whole again', () => {
  const camera = new Camera({ width: 300, height: 802 }, canvas);
  camera.panes = 2;
  expect(camera.stage).toEqual({ width: 300, height: 400 });
  expect(camera.paneAt({ x: 10, y: 500 })).toBe(1);
  camera.resize({ width: 802, height: 300 }, canvas);
  expect(camera.stage).toEqual({ width: 400, height: 300 });
  camera.panes = 1;
  expect(camera.stage).toEqual({ width: 802, height: 300 });
  expect(camera.fitted).toBe(true);
});

test('the cells on the screen are those under it and their neighbours, never outside the canvas', () => {
  const camera = new Camera({ width: 200, height: 100 }, { width: 400, height: 400 });
  const cells = { x: 0, y: 0, width: 0, height: 0 };
  camera.visibleCells(cells);
  expect(cells).toEqual({ x: 0, y: 0, width: 400, height: 400 });
  camera.zoom(40, { x: 100, y: 50 });
  camera.visibleCells(cells);
  const corner = camera.toCells({ x: 0, y: 0 });
  const opposite = camera.toCells({ x: 200, y: 100 });
  expect(cells.x).toBe(Math.floor(corner.x) - 1);
  expect(cells.y).toBe(Math.floor(corner.y) - 1);
  expect(cells.x + cells.width).toBe(Math.ceil(opposite.x) + 1);
  expect(cells.y + cells.height).toBe(Math.ceil(opposite.y) + 1);
});
