/** The heartbeat of a healthy page, for tests. */
import type { Heartbeat } from './heartbeat.ts';

export const HEARTBEAT: Heartbeat = {
  version: '1.2.3',
  model: 'accurate',
  renderer: 'a GPU',
  strategy: 'texture',
  mode: 'show',
  reason: '',
  uptimeSeconds: 60,
  stepsPerSecond: 30,
  framesPerSecond: 60,
  frameAgeSeconds: 0.01,
  step: 1800,
  losses: 1,
  resets: 2,
  guests: 3,
  pageStart: 1_700_000_000_000,
  touches: 12,
  digitsRead: 4,
  playSeconds: 90,
  errors: 0,
  heapBytes: null,
  textureBytes: 50_000_000,
  glObjects: 40,
  wakeLock: true,
};
