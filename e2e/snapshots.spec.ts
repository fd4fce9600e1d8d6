/** What a restored context goes on from. */
import { expect, test } from './workbench.ts';

test('cells that still live have the state of the snapshot again, bit for bit; new ones none, and ink is ink', async ({
  workbench,
}) => {
  const outcome = await workbench.evaluate(async () => {
    const { engine } = window;
    const device = engine.openDevice();
    const { gl } = device;
    const size = 40;
    const simulation = await engine.Simulation.create(device, {
      model: engine.randomModel(engine.SPECIFICATIONS['odd'], 1),
      layout: { columns: 1, rows: 1, tile: size },
      seed: 3,
      strategy: 'texture',
    });
    const whole = { x: 0, y: 0, width: size, height: size };
    simulation.edits.apply({
      kind: 'stamp',
      ink: engine.blots(size, 3),
      rectangle: whole,
      options: { combine: 'replace', keepState: false },
    });
    simulation.time.advance(5);
    await simulation.keepSnapshot();
    const then = await simulation.measurement.readState();
    const inkThen = simulation.canvas.readInk();
    // The slots are dealt out anew for many: some die, some are born, some have other ink.
    simulation.time.advance(7);
    const line = (y: number) => [
      { x: -5, y },
      { x: size + 5, y },
    ];
    simulation.edits.apply({ kind: 'paint', points: line(8), brush: { radius: 3, erase: true } });
    simulation.edits.apply({ kind: 'paint', points: line(24), brush: { radius: 3 } });
    simulation.time.advance(1);
    const ink = simulation.canvas.readInk();
    const { step } = simulation.time;

    const losing = gl.getExtension('WEBGL_lose_context');
    const event = (name: string) =>
      new Promise<void>((resolve) => {
        gl.canvas.addEventListener(
          name,
          (lost) => {
            lost.preventDefault();
            // Not from within the event: there it is refused.
            setTimeout(resolve);
          },
          { once: true },
        );
      });
    const lost = event('webglcontextlost');
    losing?.loseContext();
    await lost;
    // Nothing to be read: what there is stays.
    const refused = await simulation.keepSnapshot().then(
      () => 'kept',
      (error: unknown) => String(error),
    );
    const restored = event('webglcontextrestored');
    losing?.restoreContext();
    await restored;
    await simulation.restore();

    const now = await simulation.measurement.readState();
    const { ink: inkChannel } = simulation.model.specification.channels;
    const counts = { alike: 0, different: 0, born: 0, bornWithState: 0, wrongInk: 0 };
    const stateOf = ({ data, channels }: typeof now, cell: number) =>
      [...data.subarray(cell * channels, (cell + 1) * channels)].filter((_, channel) => channel !== inkChannel);
    ink.forEach((value, cell) => {
      if (Math.abs(now.data[cell * now.channels + inkChannel] - value / 255) > 1e-6) counts.wrongInk += 1;
      if (simulation.canvas.slotOf(cell) === 0) return;
      const state = stateOf(now, cell);
      if (inkThen[cell] === 0) {
        counts.born += 1;
        if (state.some((number) => number !== 0)) counts.bornWithState += 1;
      } else {
        const same = stateOf(then, cell).every((number, channel) => number === state[channel]);
        counts[same ? 'alike' : 'different'] += 1;
      }
    });
    const stepNow = simulation.time.step;
    const sameInk = simulation.canvas.readInk().every((value, cell) => value === ink[cell]);
    // Whoever clears the state does not want it back.
    simulation.reset(3);
    const lostAgain = event('webglcontextlost');
    losing?.loseContext();
    await lostAgain;
    const restoredAgain = event('webglcontextrestored');
    losing?.restoreContext();
    await restoredAgain;
    await simulation.restore();
    const cleared = await simulation.measurement.readState();
    const left = cleared.data.filter((value, index) => index % cleared.channels !== inkChannel && value !== 0).length;
    simulation.dispose();
    device.dispose();
    return { ...counts, refused, sameInk, steps: stepNow - step, left, leaked: device.objectCount };
  });
  expect(outcome.alike).toBeGreaterThan(200);
  expect(outcome.born).toBeGreaterThan(20);
  expect(outcome).toMatchObject({ different: 0, bornWithState: 0, wrongInk: 0, sameInk: true, steps: 0, left: 0 });
  expect(outcome.refused).toContain('GPU context was lost');
  expect(outcome.leaked).toBe(0);
});
