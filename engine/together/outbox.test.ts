import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Conductor } from './conductor.ts';
import { Outbox } from './outbox.ts';

test('however often the connection breaks, the log has every message once and in order', () => {
  const event = fc.oneof(
    fc.constant('draw' as const),
    fc.constant('lose' as const),
    fc.constant('again' as const),
    fc.constant('repeat' as const),
    fc.constant('tick' as const),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), (events) => {
      let now = 0;
      const conductor = new Conductor({ room: 'r', stepsPerSecond: 10, delayMilliseconds: 10, now: () => now });
      const join = () => conductor.join({ version: 1, role: 'hand', token: '', key: 'a-key-of-a-hand-xx' }).seq;
      const member = 1;
      join();
      const outbox = new Outbox<number>();
      const log: number[] = [];
      let drawn = 0;
      let isOpen = true;
      const send = (seq: number, message: number): void => {
        conductor.receive(member, seq, [{ event: { do: 'wipe', after: 0, column: message % 1000, row: 0 } }]);
      };
      const tick = (): void => {
        now += 200;
        for (const { operation } of conductor.tick()?.turn.entries ?? []) {
          log.push((operation.event as { column: number }).column);
        }
      };
      for (const what of events) {
        if (what === 'lose') isOpen = false;
        if (what === 'draw') {
          const seq = outbox.add(drawn);
          if (isOpen) send(seq, drawn);
          drawn += 1;
        }
        if (what === 'again') {
          isOpen = true;
          outbox.taken(join());
          for (const { seq, message } of outbox.waiting) send(seq, message);
        }
        if (what === 'repeat' && isOpen) for (const { seq, message } of outbox.waiting.slice(0, 1)) send(seq, message);
        if (what === 'tick') tick();
      }
      outbox.taken(join());
      for (const { seq, message } of outbox.waiting) send(seq, message);
      for (let count = 0; count < 100; count += 1) tick();
      expect(log).toEqual(Array.from({ length: drawn }, (_, index) => index));
    }),
  );
});
