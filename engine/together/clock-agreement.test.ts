import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClockAgreement } from './clock-agreement.ts';

test('the error is at most half of the shortest round trip, however long each way takes', () => {
  const way = fc.float({ min: 0, max: 500, noNaN: true });
  const samples = fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(samples, fc.integer({ min: -1e6, max: 1e6 }), (ways, offset) => {
      const clock = new ClockAgreement();
      let own = 1000;
      for (const [there, back] of ways) {
        clock.answered(own, own + there + offset, own + there + back);
        own += 2000;
      }
      expect(Math.abs(clock.serverTime(own) - (own + offset))).toBeLessThanOrEqual(
        clock.roundTripMilliseconds / 2 + 1e-3,
      );
    }),
  );
});

test('old samples no longer count, so that a clock that drifts is followed', () => {
  const clock = new ClockAgreement();
  clock.answered(0, 100, 0);
  for (let index = 0; index < 16; index += 1) clock.answered(1000, 1210, 1020);
  expect(clock.serverTime(1000)).toBe(1200);
});
