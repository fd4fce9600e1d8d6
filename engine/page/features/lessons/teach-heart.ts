/** Teaches the cells a heart, from drawings that are made here. */
import { Random } from '../../../common/random/random.ts';
import type { Drawing, Sign } from '../../../learning/teach/sign.ts';
import type { Page } from '../../shell/feature.ts';
import { showSign } from '../teach/show-sign.ts';
import { drawnAgain } from '../teach/vary-drawing.ts';

const SECONDS = 45;
const SEED = 6;
const DRAWINGS = 10;

/** Both halves of a heart, each from the notch to the tip. */
// prettier-ignore
const RIGHT_HALF = [[14, 9], [15.5, 6.5], [18.5, 5.5], [21.5, 6.8], [22.8, 10], [22, 13.5], [19.5, 17.5], [16.5, 21], [14, 23.5]] as const;

/**
 * Begins to teach on the canvas of a lesson.
 *
 * @param tell receives how many training steps were taken, and the share of the heart's cells that are wrong
 * @returns a function that ends it, and resolves when the model is the one from before
 */
export function teachHeart(page: Page, tell: (step: number, share: number) => void): () => Promise<void> {
  const sign = heart();
  let stop: () => Promise<void> = () => Promise.resolve();
  let isOver = false;
  const begin = async (): Promise<void> => {
    const teaching = await page.teaching();
    if (isOver || teaching.isLearning) return;
    let step = 0;
    const listening = [
      teaching.events.on('progress', (progress) => {
        step = progress.step;
      }),
      teaching.events.on('measured', ({ signs }) => tell(step, 1 - signs[0].accuracy)),
    ];
    stop = async () => {
      for (const end of listening) end();
      await teaching.takeBack();
    };
    await showSign(page.playground, sign);
    await teaching.learn(sign, { seconds: SECONDS, seed: SEED }).catch((error: unknown) => {
      if (!isOver) throw error;
    });
  };
  page.attempt(begin);
  return () => {
    isOver = true;
    return stop();
  };
}

function heart(): Sign {
  const right = RIGHT_HALF.map(([x, y]) => ({ x, y }));
  const drawing: Drawing = [right, right.map(({ x, y }) => ({ x: 28 - x, y }))];
  const random = new Random(SEED);
  return {
    name: '♥',
    color: [200, 20, 90],
    drawings: Array.from({ length: DRAWINGS }, () => drawnAgain(drawing, random)),
  };
}
