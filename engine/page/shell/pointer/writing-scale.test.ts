import { expect, test } from 'vitest';
import { Camera } from '../../../view/camera.ts';
import { writingScale, zoomToWrite } from './writing-scale.ts';

const PHONE = { width: 390, height: 570 };

test('a finger writes digits some 20 cells high: 180 pixels, or most of a low canvas', () => {
  expect(180 / writingScale(PHONE)).toBeCloseTo(20);
  expect(100 / writingScale({ width: 320, height: 125 })).toBeCloseTo(20);
});

test('a canvas that is shown whole and small comes nearer; the cell under the finger stays there', () => {
  const camera = new Camera(PHONE, { width: 192, height: 288 });
  const finger = { x: 200, y: 300 };
  const before = camera.toCells(finger);
  expect(zoomToWrite(camera, finger)).toBe(true);
  expect(camera.pixelsPerCell).toBeCloseTo(9);
  expect(camera.toCells(finger).x).toBeCloseTo(before.x);
  expect(camera.toCells(finger).y).toBeCloseTo(before.y);
});

test('a canvas that is near enough, or that somebody has zoomed, stays as it is', () => {
  expect(zoomToWrite(new Camera(PHONE, { width: 60, height: 64 }), { x: 9, y: 9 })).toBe(false);
  const zoomed = new Camera(PHONE, { width: 192, height: 288 });
  zoomed.zoom(1.5, { x: 9, y: 9 });
  expect(zoomToWrite(zoomed, { x: 9, y: 9 })).toBe(false);
});
