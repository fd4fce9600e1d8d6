import { describe, expect, test } from 'vitest';
import { Conductor } from './conductor.ts';
import { MOST_REMEMBERED, PROTOCOL_VERSION } from './limits.ts';
import { SimulatedWall } from './simulated/simulated-wall.ts';

const WAYS = { least: 1, most: 15 };

/** All digests that were taken of a step are the same; returns how many steps there were. */
function expectEqualDigests({ screens }: SimulatedWall): number {
  const bySteps = new Map<number, Set<number>>();
  for (const { digests } of screens) {
    for (const [step, digest] of digests) bySteps.set(step, (bySteps.get(step) ?? new Set()).add(digest));
  }
  for (const [step, digests] of bySteps) expect(digests.size, `digests of step ${step}`).toBe(1);
  return bySteps.size;
}

/** Lets the hands finish, and checks that everything they drew is in the log, once and in order. */
function expectNothingLost(wall: SimulatedWall): void {
  for (const hand of wall.hands) hand.isResting = true;
  wall.pass(3000);
  const logged = wall.logged();
  wall.hands.forEach((hand, index) => {
    expect(hand.waiting).toBe(0);
    expect(logged.get(index) ?? []).toEqual(Array.from({ length: hand.drawn }, (_, at) => at + 1));
  });
}

function shareWithinOne(spreads: readonly number[]): number {
  return spreads.filter((spread) => spread <= 1).length / spreads.length;
}

test('a hundred screens under fifty hands show the same, at most a step apart, and agree at every digest', () => {
  const wall = new SimulatedWall({ screens: 100, hands: 50, rate: 30, ways: WAYS, seed: 1 });
  wall.pass(15_000);
  expect(expectEqualDigests(wall)).toBeGreaterThanOrEqual(4);
  expect(shareWithinOne(wall.spreads)).toBeGreaterThanOrEqual(0.999);
  expect(wall.conductor?.digests.equal).toBe(wall.conductor?.digests.compared);
  expectNothingLost(wall);
});

describe('while others go on', () => {
  /** The longest time for which the first screen stood still, within a time. */
  function longestRest(wall: SimulatedWall, milliseconds: number): number {
    const [first] = wall.screens;
    let longest = 0;
    let since = wall.now;
    let before = first.step;
    for (const end = wall.now + milliseconds; wall.now < end;) {
      wall.pass(1);
      if (first.step === before) continue;
      longest = Math.max(longest, wall.now - since);
      since = wall.now;
      before = first.step;
    }
    return Math.max(longest, wall.now - since);
  }

  const STEP_MILLISECONDS = 1000 / 30;
  const make = (screens = 12): SimulatedWall => {
    const wall = new SimulatedWall({ screens, hands: 6, rate: 30, ways: WAYS, seed: 2 });
    wall.pass(4000);
    return wall;
  };
  /** Until a screen is in step again. */
  const backAfter = (wall: SimulatedWall, index: number): number => {
    const start = wall.now;
    while (!wall.screens[index].isInStep(wall.now) && wall.now - start < 20_000) wall.pass(10);
    return wall.now - start;
  };

  test.each([
    ['is killed', (wall: SimulatedWall) => wall.screens[5].restart(), () => undefined],
    [
      'hangs',
      (wall: SimulatedWall) => {
        wall.screens[5].isHung = true;
      },
      (wall: SimulatedWall) => {
        wall.screens[5].isHung = false;
      },
    ],
    [
      'loses its network',
      (wall: SimulatedWall) => {
        wall.screens[5].isCut = true;
        wall.screens[5].breakOff();
      },
      (wall: SimulatedWall) => {
        wall.screens[5].isCut = false;
      },
    ],
  ])('a screen %s for ten seconds, and is back within five', (_, begin, end) => {
    const wall = make();
    begin(wall);
    // A frame and the shaking of the network come on top of a step's time.
    expect(longestRest(wall, 10_000)).toBeLessThanOrEqual(2 * STEP_MILLISECONDS + 20);
    end(wall);
    expect(backAfter(wall, 5)).toBeLessThanOrEqual(5000);
    wall.pass(8000);
    expectEqualDigests(wall);
    expectNothingLost(wall);
  });

  test('a screen whose state is wrong is found by its digest, and takes the state of another', () => {
    const wall = make();
    wall.screens[3].corrupt();
    wall.pass(12_000);
    expect(wall.screens[3].states).toBe(1);
    expect(wall.screens.filter(({ states }) => states > 0)).toHaveLength(1);
    expect(wall.conductor?.digests.equal).toBeLessThan(wall.conductor?.digests.compared ?? 0);
    const counts = wall.conductor?.digests;
    wall.pass(10_000);
    const later = wall.conductor?.digests;
    expect((later?.equal ?? 0) - (counts?.equal ?? 0)).toBe((later?.compared ?? 0) - (counts?.compared ?? 0));
  });

  test('the leader is the one that is wrong, and another leads', () => {
    const wall = make();
    const leader = wall.conductor?.leader;
    const one = wall.screens.find(({ member }) => member === leader);
    one?.corrupt();
    wall.pass(12_000);
    expect(one?.states).toBe(1);
    expect(wall.screens.filter(({ states }) => states > 0)).toHaveLength(1);
  });

  test('a new screen joins in the middle', () => {
    const wall = make();
    wall.pass(10_000);
    wall.screens[7].restart();
    wall.pass(10_000);
    expect(wall.screens[7].isInStep(wall.now)).toBe(true);
    expect(wall.screens[7].states).toBe(1);
    expectEqualDigests(wall);
  });

  test('the server is killed and started again, and nothing is lost', () => {
    const wall = make();
    wall.killServer();
    wall.pass(2000);
    wall.startServer();
    wall.pass(1500);
    const steps = wall.screens.map(({ step }) => step);
    wall.pass(5000);
    wall.screens.forEach(({ step, states }, index) => {
      expect(step).toBeGreaterThan(steps[index] + 100);
      expect(states).toBe(0);
    });
    expectEqualDigests(wall);
    expectNothingLost(wall);
  });

  test('all screens and the server are started again, and the canvas is what it was', () => {
    const wall = make(3);
    const digest = wall.screens[0].digests.get(100);
    wall.killServer();
    for (const screen of wall.screens) screen.restart();
    wall.startServer();
    wall.pass(12_000);
    expect(wall.screens[0].digests.get(100)).toBe(digest);
    expect(wall.screens[0].step).toBeGreaterThan(300);
    expectEqualDigests(wall);
    expectNothingLost(wall);
  });

  test('the rate follows a screen that is slow but works', () => {
    const wall = new SimulatedWall({ screens: 4, hands: 2, rate: 120, ways: WAYS, seed: 3 });
    // One step in a frame is 62 steps a second.
    wall.screens[2].speed = 1;
    wall.pass(20_000);
    const before = wall.screens.map(({ step }) => step);
    wall.pass(10_000);
    wall.screens.forEach(({ step }, index) => {
      expect(step - before[index]).toBeGreaterThan(300);
      expect(step - before[index]).toBeLessThan(640);
    });
    expect(wall.screens[2].states).toBe(0);
    expectEqualDigests(wall);
  });
});

test('visitors of weeks are forgotten, those who left last are not, and numbers are never given twice', () => {
  const options = { room: 'r', stepsPerSecond: 10, delayMilliseconds: 10, now: () => 0 };
  const conductor = new Conductor(options);
  const come = (index: number) =>
    conductor.join({
      version: PROTOCOL_VERSION,
      role: 'hand',
      token: '',
      key: `visitor-${String(index).padStart(8, '0')}`,
    });
  const staying = come(1_000_000);
  const numbers = new Set([staying.member]);
  for (let index = 0; index < MOST_REMEMBERED + 20; index += 1) {
    const { member } = come(index);
    numbers.add(member);
    conductor.receive(member, 5, []);
    conductor.leave(member);
  }
  expect(numbers.size).toBe(MOST_REMEMBERED + 21);
  const last = come(MOST_REMEMBERED + 19);
  expect(last.seq).toBe(5);
  expect(numbers).toContain(last.member);
  const first = come(0);
  expect(first.seq).toBe(0);
  expect(numbers).not.toContain(first.member);
  expect(come(1_000_000).member).toBe(staying.member);
});
