/** A chart of a digit's votes over time, with one bar per measurement and the classes stacked in their colours. */
import { cssColor } from '../../../view/color.ts';
import type { Palette } from '../../../view/palettes.ts';
import { MOST_MEASUREMENTS, type VoteShares } from './vote-history.ts';

export function drawVotes(
  canvas: HTMLCanvasElement,
  votes: readonly (VoteShares | null)[],
  { classes, undecided, background }: Palette,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const width = Math.max(1, Math.round(canvas.clientWidth * window.devicePixelRatio));
  const height = Math.max(1, Math.round(canvas.clientHeight * window.devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.fillStyle = cssColor(background);
  context.fillRect(0, 0, width, height);
  const barWidth = width / MOST_MEASUREMENTS;
  votes.forEach((shares, index) => {
    if (!shares) return;
    const left = Math.round((MOST_MEASUREMENTS - votes.length + index) * barWidth);
    const right = Math.round((MOST_MEASUREMENTS - votes.length + index + 1) * barWidth);
    let bottom = height;
    const stack = (share: number, color: string): void => {
      if (share <= 0) return;
      const top = bottom - share * height;
      context.fillStyle = color;
      context.fillRect(left, top, right - left, bottom - top);
      bottom = top;
    };
    shares.classes.forEach((share, label) => stack(share, cssColor(classes[label])));
    stack(shares.undecided, cssColor(undecided));
  });
}
