import { expect, test } from 'vitest';
import { regionsOf, screensOfGrid } from '../../../together/geometry.ts';
import { WallView } from './wall-view.ts';

const CANVAS = { width: 120, height: 60 };
const REGIONS = regionsOf(screensOfGrid({ columns: 2, rows: 1, width: 300, height: 300, bezel: 0 }), CANVAS);
const show = (time: number, view: { x: number; y: number; zoom: number }) => ({
  ...{ time, view, scene: null, captionScreen: 1 },
});

test('at first every screen shows its part', () => {
  const view = new WallView(CANVAS);
  for (const region of REGIONS) expect({ ...view.regionAt(5000, region) }).toEqual(region);
});

test('zoomed in, the picture goes on from screen to screen, around the point in the middle of the wall', () => {
  const view = new WallView(CANVAS);
  view.take(show(100, { x: 40, y: 20, zoom: 3 }));
  const [left, right] = REGIONS.map((region) => ({ ...view.regionAt(100, region) }));
  expect(left.width).toBeCloseTo(20);
  expect(left.x + left.width).toBeCloseTo(40);
  expect(right.x).toBeCloseTo(40);
  expect(left.y + left.height / 2).toBeCloseTo(20);
});

test('between two views it moves evenly, and after a rest it does not jump', () => {
  const view = new WallView({ width: 60, height: 60 });
  const [region] = [{ x: 0, y: 0, width: 60, height: 60 }];
  const widthAt = (time: number): number => view.regionAt(time, region).width;
  view.take(show(1000, { x: 30, y: 30, zoom: 1 }));
  view.take(show(60_000, { x: 30, y: 30, zoom: 2 }));
  view.take(show(60_100, { x: 30, y: 30, zoom: 3 }));
  expect(widthAt(59_900)).toBe(60);
  expect(widthAt(59_950)).toBeCloseTo(40);
  expect(widthAt(60_000)).toBe(30);
  expect(widthAt(60_050)).toBeCloseTo(24);
  expect(widthAt(70_000)).toBe(20);
});

test('a server with another clock begins anew', () => {
  const view = new WallView({ width: 60, height: 60 });
  view.take(show(90_000, { x: 30, y: 30, zoom: 2 }));
  view.take(show(10, { x: 30, y: 30, zoom: 3 }));
  expect(view.regionAt(20, { x: 0, y: 0, width: 60, height: 60 }).width).toBe(20);
});
