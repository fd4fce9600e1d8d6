/** What a hand's action does to the canvas, as an operation of the log. */
import { drawTurnedDigit } from '../common/handwriting/draw-digit.ts';
import { Random } from '../common/random/random.ts';
import type { HandAction, LoggedOperation } from './messages.ts';

/**
 * Returns the operation of an action.
 *
 * @param seed decides how a stamped digit is written
 */
export function operationOf(action: HandAction, seed: number): LoggedOperation {
  if (action.do === 'stroke') {
    const points = action.points.flatMap(({ x, y, pressure = 1 }) => [x, y, pressure]);
    return { event: { do: 'paint', after: 0, points, radius: action.radius, erase: action.erase } };
  }
  const { x, y, label, scale, turn } = action;
  const image = drawTurnedDigit(new Random(seed), label % 10, scale, (turn * Math.PI) / 180);
  const { side } = image;
  const place = { x: Math.round(x - side / 2), y: Math.round(y - side / 2), width: side, height: side };
  return {
    event: { do: 'stamp', after: 0, ...place, combine: 'max', keepState: true },
    ink: image.ink,
  };
}
