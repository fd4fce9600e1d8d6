/** The page around the smallest automaton. It writes a few digits, runs the steps, and shows what the cells read. */
import { drawDigit } from '../common/handwriting/draw-digit.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { Random } from '../common/random/random.ts';
import { createMinimal } from './minimal.ts';

const DIGITS = [3, 1, 4, 1, 5];
/** The side of a digit, in cells. */
const SIDE = 28;
const WIDTH = DIGITS.length * SIDE;

/** The number of steps from one reading to the next. */
const STEPS_A_READING = 20;

const votes = document.querySelector('#votes');
/** Shows a text where the votes of the cells are displayed. */
function say(text: string): void {
  if (votes) votes.textContent = text;
}
say('Loading …');
await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  throw error;
});

async function run(): Promise<void> {
  const canvas = document.querySelector<HTMLCanvasElement>('#digits');
  const gl = canvas?.getContext('webgl2');
  if (!canvas || !gl) throw new Error('This browser does not support WebGL2.');
  Object.assign(canvas, { width: WIDTH, height: SIDE });
  const response = await fetch('../models/tiny.ktx2');
  if (!response.ok) throw new Error(`The model could not be fetched: the server answered ${response.status}.`);
  const model = decodeModelFile(new Uint8Array(await response.arrayBuffer()));
  const automaton = await createMinimal(gl, model, writeDigits());
  // For use in the console.
  Object.assign(window, { automaton });

  for (let steps = 1; ; steps += 1) {
    await automaton.step();
    automaton.display();
    if (steps % STEPS_A_READING === 0) say(votesOf((await automaton.read()).groups).join(' '));
    await new Promise(requestAnimationFrame);
  }
}

/** Returns the ink of every cell, 0…1. */
function writeDigits(): Float32Array {
  const random = new Random(1);
  const ink = new Float32Array(WIDTH * SIDE);
  DIGITS.forEach((digit, tile) => {
    drawDigit(random, digit).forEach((byte, index) => {
      ink[Math.floor(index / SIDE) * WIDTH + tile * SIDE + (index % SIDE)] = byte / 255;
    });
  });
  return ink;
}

/** Returns, for each digit, the class with the largest sum of logits over its cells. */
function votesOf([first, ...logits]: readonly Float32Array[]): number[] {
  const sums = DIGITS.map(() => new Float64Array(10));
  for (let cell = 0; cell < WIDTH * SIDE; cell += 1) {
    if (first[4 * cell] === 0) continue;
    const tile = Math.floor((cell % WIDTH) / SIDE);
    for (let digit = 0; digit < 10; digit += 1) sums[tile][digit] += logits[digit >> 2][4 * cell + (digit & 3)];
  }
  return sums.map((sum) => sum.indexOf(Math.max(...sum)));
}
