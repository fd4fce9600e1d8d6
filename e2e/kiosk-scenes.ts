/** The exhibit's scenes as pictures: each is played to one moment under a clock that is moved by hand. */
import type { Page } from '@playwright/test';
import type { SceneInput } from '../engine/page/features/kiosk/scene-settings.ts';
import type { KioskSettings } from '../engine/page/features/kiosk/settings.ts';
import { passFrames, stepTime } from '../engine/cli/kiosk/stepped-time.ts';
import type { DigitsPage } from './fixtures.ts';
import { type Comparison, expectPicture } from './kit/expect-picture.ts';
import type { DeepPartial } from './open-exhibit.ts';
import { type ShippedModel, serveShippedModels } from './shipped-models.ts';

/** 4 × 3 tiles of 32 cells, a little larger than the screen, as the show has it. */
const VIEWPORT = { width: 320, height: 240 };

const STEPS_PER_SECOND = 10;

/**
 * One step is due in each frame, and no more: how many a frame may hold beyond that is learnt from how fast the
 * machine is, which a picture must not depend on.
 */
const FRAME_MILLISECONDS = 1000 / STEPS_PER_SECOND;

/** Frames in which the page must have started. */
const MOST_START_FRAMES = 5000;

/** A scene of the show, and the second of it that the picture is taken at. */
interface KioskScene {
  readonly scene: SceneInput;
  readonly second: number;
}

/**
 * Every kind of scene, in the middle of what it is about. Without words: letters depend on the fonts of the machine.
 */
export const KIOSK_SCENES: readonly KioskScene[] = [
  { scene: { kind: 'write', seconds: 20, digits: '8' }, second: 4.5 },
  { scene: { kind: 'wave', seconds: 8, direction: 'right' }, second: 3 },
  { scene: { kind: 'damage', seconds: 6, times: 2 }, second: 4.6 },
  { scene: { kind: 'chimera', seconds: 10, times: 4 }, second: 4 },
  { scene: { kind: 'unknown', seconds: 20, shapes: ['heart'] }, second: 7 },
  { scene: { kind: 'zoom', seconds: 9, tiles: 1 }, second: 4.5 },
  { scene: { kind: 'rest', seconds: 20 }, second: 3 },
];

/** Opens the exhibit with nothing but this scene, and plays it to its moment. */
export async function playKioskScene(
  digits: DigitsPage,
  model: ShippedModel,
  { scene, second }: KioskScene,
): Promise<void> {
  await serveShippedModels(digits);
  await playExhibit(digits, { model: model.name, scenes: [scene] }, second);
}

/** Opens the exhibit with these settings and the seed and canvas of the pictures, and plays it to a second. */
export async function playExhibit(
  digits: DigitsPage,
  given: DeepPartial<KioskSettings>,
  second: number,
): Promise<void> {
  const { page } = digits;
  // Time that is moved by hand waits for the GPU by reading a pixel, of which Chromium warns.
  digits.tolerated.console.push(/GPU stall due to ReadPixels/);
  await page.setViewportSize(VIEWPORT);
  const settings = {
    seed: 20,
    canvas: { columns: 4, rows: 3, tile: 32 },
    stepsPerSecond: STEPS_PER_SECOND,
    renewSeconds: 3600,
    snapshotSeconds: 0,
    ...given,
  };
  await page.route('**/kiosk.json', (route) => route.fulfill({ json: settings }));
  await stepTime(page);
  await page.goto('./?kiosk=1&strategy=texture&adapt=0');
  // Frames come, but no time passes: however many it takes to start, the show begins at step 0.
  let isReady = false;
  const ready = page.evaluate(() => window.nca.ready).then(() => (isReady = true));
  for (let frame = 0; !isReady && frame < MOST_START_FRAMES; frame += 1) await passFrames(page, 1, 0);
  await ready;
  // The first frame tells the show when it begins.
  await passFrames(page, 1, 0);
  await playOn(page, second);
}

/** Lets more seconds of an exhibit pass. */
export function playOn(page: Page, seconds: number): Promise<void> {
  return passFrames(page, Math.round((1000 * seconds) / FRAME_MILLISECONDS), FRAME_MILLISECONDS);
}

/** Compares a scene of the exhibit, with the hand over it, with its baseline. */
export async function expectKioskScene(
  digits: DigitsPage,
  model: ShippedModel,
  scene: KioskScene,
): Promise<Comparison> {
  await playKioskScene(digits, model, scene);
  await digits.page.evaluate(() => {
    for (const words of document.querySelectorAll<HTMLElement>('.kiosk-caption, .kiosk-answer')) {
      words.style.visibility = 'hidden';
    }
  });
  return expectPicture(digits.page.locator('#canvas'), [model.folder, `kiosk-${scene.scene.kind}`]);
}
