/**
 * Digits among other objects of a pixi scene. Under a strict content security policy, pixi needs its `unsafe-eval`
 * module.
 */
import 'pixi.js/unsafe-eval';
import { Application, Graphics } from 'pixi.js';
import { createPixiSimulation, type PixiSimulation } from '../library/pixi.ts';

const votes = document.querySelector('#votes');
/** Shows a text where the votes of the cells are displayed. */
function say(text: string): void {
  if (votes) votes.textContent = text;
}
say('Loading …');

const app = new Application();
const digits = await openDigits().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  throw error;
});

async function openDigits(): Promise<PixiSimulation> {
  await app.init({ preference: 'webgl', width: 768, height: 384, background: '#dde3ea' });
  document.querySelector('#scene')?.append(app.canvas);
  return createPixiSimulation(app.renderer, { model: '../models/accurate.ktx2', columns: 4, rows: 2 });
}

digits.view.pivot.set(digits.info.width / 2, digits.info.height / 2);
digits.view.position.set(384, 192);
digits.view.scale.set(4);
const sun = new Graphics().circle(0, 0, 40).fill('#0b57b7');
app.stage.addChild(digits.view, sun);

let seconds = 0;
app.ticker.add(({ deltaMS }) => {
  seconds += deltaMS / 1000;
  digits.view.rotation = 0.1 * Math.sin(seconds);
  sun.position.set(60, 60 + 20 * Math.cos(seconds));
  digits.update(deltaMS);
});

const measuring = setInterval(() => {
  void digits.measure().then(({ digits: read }) => {
    say(read.map(({ vote }) => vote ?? '?').join(' '));
  });
}, 500);

// For use in the console.
Object.assign(window, { app, digits, measuring });
