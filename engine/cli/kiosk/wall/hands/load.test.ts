/** Fifty hands at sixty events a second, on the real server in its own process. */
import { expect, it } from 'vitest';
import { describeLoad } from './describe-load.ts';
import { measureLoad } from './measure-load.ts';

it('no event of fifty hands is lost or out of order', async () => {
  const load = { hands: 50, events: 60, seconds: 4 };
  const figures = await measureLoad(load);
  console.log(describeLoad(load, figures));
  expect(figures.sent).toBe(50 * 60 * 4);
  expect(figures).toMatchObject({ lost: 0, disordered: 0, unconfirmed: 0 });
});
