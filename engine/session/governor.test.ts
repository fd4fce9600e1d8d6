import { describe, expect, test } from 'vitest';
import { type FrameReport, Governor, type Relief } from './governor.ts';

interface FakeDevice {
  /** The GPU time of a frame in milliseconds, at a moment, at a resolution and after a number of lighter models. */
  (now: number, resolution: number, lighter: number): number;
}

interface Event {
  readonly at: number;
  readonly relief: Relief;
}

/** Runs frames of a 60 Hz screen with one step each. A GPU that is late answers at a later frame. */
function run(device: FakeDevice, seconds: number, { drawShare = null as number | null, lighterModels = 0 } = {}) {
  const governor = new Governor();
  const events: Event[] = [];
  let lighter = 0;
  let now = 0;
  while (now < seconds * 1000) {
    const milliseconds = device(now, governor.resolution, lighter);
    const frames = Math.max(1, Math.ceil(milliseconds / (1000 / 60)));
    now += (frames * 1000) / 60;
    const report: FrameReport = {
      milliseconds: drawShare === null ? (frames * 1000) / 60 : Math.max(milliseconds, 17),
      elapsedMilliseconds: (frames * 1000) / 60,
      late: frames > 1,
      least: true,
      drawShare,
    };
    const relief = governor.observe(now, report);
    if (relief === null) continue;
    events.push({ at: now, relief });
    if (relief !== 'lighter') continue;
    if (lighter < lighterModels) {
      lighter += 1;
      governor.relearn();
    } else governor.refuseLighter();
  }
  return { events, governor, reliefs: events.map(({ relief }) => relief) };
}

describe('the governor', () => {
  test('leaves a device that keeps up alone', () => {
    expect(run(() => 12, 120).events).toEqual([]);
  });

  test('makes the picture coarser if that helps, and tries the finer one less and less often', () => {
    const { reliefs, governor } = run((_now, resolution) => 4 + 40 * resolution ** 2, 3600);
    expect(reliefs.slice(0, 2)).toEqual(['coarser', 'coarser']);
    expect(reliefs).not.toContain('lighter');
    expect(reliefs.filter((relief) => relief === 'finer').length).toBeLessThanOrEqual(8);
    expect(governor.resolution).toBe(0.5);
  });

  test('reverts a coarser picture that did not help, and asks for a lighter model instead', () => {
    const { reliefs, governor } = run(() => 60, 30);
    expect(reliefs).toEqual(['coarser', 'finer', 'lighter']);
    expect(governor.resolution).toBe(1);
  });

  test('is not misled by one frame that waited for a device that slept', () => {
    let slept = false;
    const { reliefs } = run((now) => {
      if (now < 500 || slept) return 60;
      slept = true;
      return 2000;
    }, 30);
    expect(reliefs).toEqual(['coarser', 'finer', 'lighter']);
  });

  test('does not touch the picture if the GPU clock shows that the steps take the time', () => {
    const { reliefs } = run((_now, _resolution, lighter) => (lighter === 0 ? 80 : 10), 30, {
      drawShare: 0.05,
      lighterModels: 1,
    });
    expect(reliefs).toEqual(['lighter']);
  });

  test('asks once for a lighter model, not again and again', () => {
    expect(run(() => 200, 300).reliefs.filter((relief) => relief === 'lighter')).toHaveLength(1);
  });

  test('restores the full resolution after the device was slow for a while', () => {
    const slow = (now: number) => now < 10_000;
    const { reliefs, governor } = run((now, resolution) => (slow(now) ? 6 + 30 * resolution ** 2 : 8), 120);
    expect(reliefs.filter((relief) => relief === 'coarser').length).toBeGreaterThan(0);
    expect(governor.resolution).toBe(1);
  });

  test('settles on a device that gets hot whenever it draws everything', () => {
    let heat = 0;
    const throttled: FakeDevice = (_now, resolution) => {
      heat = Math.max(0, heat + (resolution === 1 ? 1 : -1));
      const speed = heat > 300 ? 2 : 1;
      return speed * (3 + 11 * resolution ** 2);
    };
    const { events } = run(throttled, 3600);
    const lastHalf = events.filter(({ at }) => at > 1_800_000);
    expect(events.length).toBeGreaterThan(1);
    expect(lastHalf.length).toBeLessThanOrEqual(6);
  });

  test('helps a device that needs seconds for a frame', () => {
    expect(
      run((_now, _resolution, lighter) => (lighter === 0 ? 2500 : 10), 60, { lighterModels: 1 }).reliefs,
    ).toContain('lighter');
  });

  test('keeps the model of a device that draws twenty frames a second with it', () => {
    expect(run(() => 48, 60, { drawShare: 0.05, lighterModels: 1 }).reliefs).toEqual([]);
  });

  test('helps a device that needs ten seconds for a frame, most of them hidden from its own clock, within half a minute', () => {
    const governor = new Governor();
    const report = { milliseconds: 1200, elapsedMilliseconds: 10_000, late: true, least: true, drawShare: 0.01 };
    const reliefs = [1, 2, 3].map((frame) => governor.observe(frame * 10_000, report));
    expect(reliefs).toContain('lighter');
  });

  test('draws no conclusion from one frame that a sleeping device has interrupted', () => {
    const governor = new Governor();
    const late = { milliseconds: 3_600_000, elapsedMilliseconds: 3_600_000, late: true, least: true, drawShare: null };
    const inTime = { milliseconds: 16, elapsedMilliseconds: 16, late: false, least: true, drawShare: null };
    expect(governor.observe(16, inTime)).toBeNull();
    expect(governor.observe(3_600_016, late)).toBeNull();
    for (let frame = 1; frame < 300; frame += 1) expect(governor.observe(3_600_016 + 16 * frame, inTime)).toBeNull();
  });

  test('draws no conclusion from a tab that slept', () => {
    const governor = new Governor();
    const report: FrameReport = { milliseconds: 20, elapsedMilliseconds: 20, late: true, least: true, drawShare: null };
    for (let index = 0; index < 20; index += 1) {
      expect(governor.observe(index * 3_600_000, report)).toBeNull();
    }
  });
});
