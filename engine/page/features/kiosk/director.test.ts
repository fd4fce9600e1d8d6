import fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StrokePoint } from '../../../automaton/types.ts';
import { Random } from '../../../common/random/random.ts';
import { chooseScene, Director } from './director.ts';
import { minutesOf, type WallTime } from './hours.ts';
import { type Scene, type SceneInput, type SceneOf, sceneSchema } from './scene-settings.ts';
import { DEFAULT_KIOSK_SETTINGS } from './settings.ts';
import type { Aim, ShowStage, Tile } from './show-stage.ts';

const NOON: WallTime = { day: 2, minutes: minutesOf('12:00') };

/** A stage that records when each tile was last changed. */
class PaperStage implements ShowStage {
  layout = { columns: 6, rows: 4, tile: 32 };
  readonly digits = [0, 1, 2, 3];
  readonly calls = { putDigit: 0, putChimera: 0, clearTile: 0, paint: 0, damage: 0, pointAt: 0 };
  /** The tiles that were asked to be read aloud, in order; null where reading was stopped. */
  readonly asked: (Tile | null)[] = [];
  /** Pieces of what the hand has drawn, in order. */
  readonly strokes: (readonly [from: StrokePoint, to: StrokePoint])[] = [];
  readonly changed = new Map<string, number>();
  /** The longest time that a tile stayed unchanged. */
  longestSeconds = 0;
  seconds = 0;

  putDigit(tile: Tile): void {
    this.calls.putDigit += 1;
    this.#note(tile);
  }
  putChimera(tile: Tile, above: number, below: number): void {
    expect(above).not.toBe(below);
    this.calls.putChimera += 1;
    this.#note(tile);
  }
  clearTile(tile: Tile): void {
    this.calls.clearTile += 1;
    this.#note(tile);
  }
  keep(): void {
    return;
  }
  paint([from, to]: readonly StrokePoint[]): void {
    this.calls.paint += 1;
    this.strokes.push([from, to]);
  }
  damage(): void {
    this.calls.damage += 1;
  }
  pointAt(): void {
    this.calls.pointAt += 1;
  }
  ask(tile: Tile | null): void {
    this.asked.push(tile);
  }
  #note({ column, row }: Tile): void {
    expect(column).toBeLessThan(this.layout.columns);
    expect(row).toBeLessThan(this.layout.rows);
    const before = this.changed.get(`${column} ${row}`) ?? 0;
    this.longestSeconds = Math.max(this.longestSeconds, this.seconds - before);
    this.changed.set(`${column} ${row}`, this.seconds);
  }
}

let stage: PaperStage;
let began: string[] = [];
let aims: Aim[] = [];

beforeEach(() => {
  stage = new PaperStage();
  began = [];
  aims = [];
});

function makeDirector(scenes: readonly Scene[], renewSeconds = 120): Director {
  return new Director({
    stage,
    scenes,
    quietHours: [],
    renewSeconds,
    random: new Random(7),
    wallTime: () => NOON,
    began: ({ kind }) => began.push(kind),
    look: (aim) => aims.push(aim),
  });
}

/** Plays for a number of seconds at twenty frames a second. */
function play(director: Director, seconds: number, startSeconds = 0): void {
  for (let frame = 0; frame <= seconds * 20; frame += 1) {
    stage.seconds = frame / 20;
    director.update((startSeconds + frame / 20) * 1000);
  }
}

const scene = (fields: SceneInput): Scene => v.parse(sceneSchema, fields);

describe('the director', () => {
  it('plays every kind of the default show within a quarter of an hour', () => {
    const director = makeDirector(DEFAULT_KIOSK_SETTINGS.scenes);
    director.start({ cleanUp: false });
    play(director, 900);
    expect(new Set(began)).toEqual(new Set(['write', 'wave', 'damage', 'chimera', 'zoom', 'rest']));
    expect(stage.calls.paint).toBeGreaterThan(100);
    expect(stage.calls.damage).toBeGreaterThan(10);
    expect(stage.calls.putChimera).toBeGreaterThan(3);
  });

  it('lets no digit stand still for longer than the settings say, even in a scene where nothing happens', () => {
    const director = makeDirector([scene({ kind: 'rest', seconds: 3600 })], 60);
    director.start({ cleanUp: false });
    play(director, 300);
    const { columns, rows } = stage.layout;
    expect(stage.changed.size).toBe(columns * rows);
    for (const seconds of stage.changed.values()) expect(stage.seconds - seconds).toBeLessThan(62);
  });

  it.each(['write', 'wave', 'damage', 'chimera', 'unknown', 'zoom', 'rest'] as const)(
    'lets nothing burn in during a %s scene of an hour',
    (kind) => {
      const once = kind === 'chimera' || kind === 'damage' ? { times: 1 } : {};
      const director = makeDirector([scene({ kind, seconds: 3600, ...once })], 60);
      director.start({ cleanUp: false });
      play(director, 400);
      expect(stage.changed.size).toBe(24);
      expect(Math.max(stage.longestSeconds, 400 - Math.min(...stage.changed.values()))).toBeLessThan(62);
    },
  );

  it('makes every tile new after a guest', () => {
    const director = makeDirector([scene({ kind: 'rest' })], 3600);
    director.start({ cleanUp: true });
    play(director, 8);
    expect(began[0]).toBe('wave');
    expect(stage.changed.size).toBe(24);
  });

  it('touches nothing once it is stopped', () => {
    const director = makeDirector(DEFAULT_KIOSK_SETTINGS.scenes);
    director.start({ cleanUp: true });
    play(director, 2);
    director.stop();
    const before = { ...stage.calls };
    play(director, 60, 2);
    expect(stage.calls).toEqual(before);
    expect(director.scene).toBeNull();
  });

  it('continues where it was after a tab has slept for a day', () => {
    const director = makeDirector([scene({ kind: 'wave', seconds: 40 }), scene({ kind: 'rest', seconds: 40 })]);
    director.start({ cleanUp: false });
    play(director, 2);
    const before = stage.calls.putDigit;
    director.update(86_400_000);
    expect(began.length).toBe(1);
    expect(stage.calls.putDigit - before).toBeLessThan(16);
  });

  it('plays on another canvas when it is replaced', () => {
    const director = makeDirector([scene({ kind: 'wave' })]);
    director.start({ cleanUp: false });
    play(director, 5);
    stage.layout = { columns: 2, rows: 1, tile: 40 };
    stage.changed.clear();
    play(director, 25, 5);
    expect(stage.changed.size).toBe(2);
  });

  it('writes digits on every shape of canvas, the smallest too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (columns, rows) => {
        stage = new PaperStage();
        stage.layout = { columns, rows, tile: 28 };
        const director = makeDirector([...DEFAULT_KIOSK_SETTINGS.scenes, scene({ kind: 'unknown', weight: 9 })]);
        director.start({ cleanUp: false });
        play(director, 60);
        expect(aims.every(({ x, y, tiles }) => [x, y, tiles].every(Number.isFinite))).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a hand that draws what is no digit', () => {
  /** The tiles that it has drawn in, in order, after some seconds of one scene. */
  const drawnIn = (fields: Partial<SceneOf<'unknown'>>, seconds: number): Tile[] => {
    const director = makeDirector([scene({ kind: 'unknown', seconds: 3600, ...fields })], 3600);
    director.start({ cleanUp: false });
    play(director, seconds);
    return stage.asked.filter((tile) => tile !== null);
  };

  it('asks the cells about each shape, and leaves the tiles beside it as they are', () => {
    stage.layout = { columns: 5, rows: 1, tile: 32 };
    const columns = drawnIn({}, 60).map(({ column }) => column);
    expect(columns.slice(0, 4)).toEqual([0, 2, 4, 0]);
    expect(stage.strokes.every(([{ x }]) => Math.floor(x / 32) % 2 === 0)).toBe(true);
  });

  it('draws the shapes that the settings name, one after the other', () => {
    stage.layout = { columns: 3, rows: 1, tile: 32 };
    drawnIn({ shapes: ['grid', 'heart'] }, 24);
    /** Where the pen was put down again in a tile, which is once for each stroke. */
    const strokesIn = (column: number) => {
      const own = stage.strokes.filter(([{ x }]) => Math.floor(x / 32) === column);
      return own.filter(([from], index) => from !== own[index - 1]?.[1]).length;
    };
    expect([strokesIn(0), strokesIn(2)]).toEqual([4, 1]);
  });

  it('starts nothing that the cells could not answer before the scene ends', () => {
    expect(drawnIn({ seconds: 15 }, 14).length).toBe(0);
    expect(stage.calls.paint).toBe(0);
    expect(drawnIn({ seconds: 30 }, 29).length).toBe(2);
  });
});

describe('the first ten seconds', () => {
  it.each([false, true])('are of a hand that writes one digit, which is read aloud; after a guest: %s', (cleanUp) => {
    const director = makeDirector(DEFAULT_KIOSK_SETTINGS.scenes);
    director.start({ cleanUp });
    // Play the wave that cleans up.
    if (cleanUp) play(director, 8.1);
    stage.calls.clearTile = 0;
    play(director, 10);
    expect(began[began.length - 1]).toBe('write');
    expect(stage.calls.clearTile).toBe(1);
    expect(stage.asked.filter((tile) => tile !== null).length).toBe(1);
  });
});

describe('the choice of a scene', () => {
  const choose = (scenes: Scene[], changes: Partial<Parameters<typeof chooseScene>[1]> = {}) =>
    chooseScene(scenes, { time: NOON, quiet: false, isOpening: false, last: null, share: 0.5, ...changes });

  it('follows the weights', () => {
    const scenes = [scene({ kind: 'write', weight: 3 }), scene({ kind: 'wave', weight: 1 })];
    const kinds = Array.from({ length: 8 }, (_, index) => choose(scenes, { share: index / 8 }).kind);
    expect(kinds.filter((kind) => kind === 'write').length).toBe(6);
  });

  it('opens with a hand that writes if such a scene is due', () => {
    const write = scene({ kind: 'write', weight: 0.001 });
    const wave = scene({ kind: 'wave', weight: 100 });
    expect(choose([wave, write], { isOpening: true })).toBe(write);
    expect(choose([wave], { isOpening: true })).toBe(wave);
    expect(choose([wave, write], { isOpening: true, quiet: true }).kind).toBe('rest');
  });

  it('repeats none while there is another', () => {
    const [write, wave] = [scene({ kind: 'write', weight: 100 }), scene({ kind: 'wave' })];
    expect(choose([write, wave], { last: write })).toBe(wave);
    expect(choose([write], { last: write })).toBe(write);
  });

  it('knows times of day and quiet hours', () => {
    const morning = scene({ kind: 'write', hours: [{ from: '06:00', to: '11:00' }] });
    const quiet = scene({ kind: 'zoom', quiet: true });
    const loud = scene({ kind: 'wave', weight: 100 });
    expect(choose([morning, quiet])).toBe(quiet);
    expect(choose([morning, quiet], { time: { day: 2, minutes: minutesOf('07:00') }, share: 0 })).toBe(morning);
    expect(choose([quiet, loud], { quiet: true, share: 0.9 })).toBe(quiet);
  });

  it('rests if no scene is due, or none has a weight', () => {
    expect(choose([scene({ kind: 'wave' })], { quiet: true }).kind).toBe('rest');
    expect(choose([scene({ kind: 'wave', weight: 0 })]).kind).toBe('rest');
  });
});
