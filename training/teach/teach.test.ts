import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeModelFile, encodeModelFile } from '../../engine/common/model/file.ts';
import { rasterizeStrokes } from '../../engine/common/handwriting/rasterize.ts';
import { Random } from '../../engine/common/random/random.ts';
import { flattenWeights } from '../../engine/learning/rollout/layers.ts';
import { scoresOf, tallyOf } from '../../engine/learning/rollout/tally.ts';
import { drawMadeUpSign } from '../../engine/learning/teach/made-up-signs.ts';
import { runCourse } from '../../engine/learning/teach/run-course.ts';
import { strokesOf, type Sign } from '../../engine/learning/teach/sign.ts';
import type { TeachListener, TeachRequest, TeachResult } from '../../engine/learning/teach/teacher.ts';
import { startPupil } from './start-pupil.ts';
import { ThreadTeam } from './thread-team.ts';

function shipped(name: string) {
  return decodeModelFile(readFileSync(join(import.meta.dirname, `../../assets/${name}.ktx2`)));
}

function sign(name: string, seed = 1): Sign {
  const random = new Random(seed);
  return { name, drawings: Array.from({ length: 10 }, () => drawMadeUpSign(name, random)) };
}

describe('a course', () => {
  let team: ThreadTeam | null = null;
  afterEach(async () => {
    await team?.close();
    team = null;
  });

  async function teach(
    request: TeachRequest,
    workers = 2,
    listener: TeachListener = {},
    shouldStop = (): boolean => false,
    clock = (): number => performance.now() / 1000,
  ): Promise<TeachResult> {
    const result = await runCourse(
      request,
      {
        startTeam: async (settings) => (team = await ThreadTeam.start(settings, 'wasm', workers)),
        clock,
        shouldStop,
        breathe: async () => undefined,
      },
      listener,
    );
    await team?.close();
    return result;
  }

  it('gives the same file whatever the number of threads, and whether time or a hand ended it', async () => {
    const request = { model: shipped('tiny'), signs: [sign('heart')], seed: 3 };
    const models: number[] = [];
    const one = await teach({ ...request, steps: 2 }, 1, { model: (_, step) => models.push(step) });
    expect(models[0]).toBe(0);
    let steps = 0;
    const stopped = await teach({ ...request, seconds: 1e6 }, 3, { progress: () => (steps += 1) }, () => steps === 2);
    expect(stopped.steps).toBe(2);
    expect(encodeModelFile(stopped.model)).toEqual(encodeModelFile(one.model));
  });

  it('does not take the time that a device sleeps for time to learn', async () => {
    let hours = 0;
    const request = { model: shipped('tiny'), signs: [sign('heart')], seconds: 50 };
    const { steps, seconds } = await teach(request, 1, {}, undefined, () => 3600 * (hours += 1));
    // Each step counts as 20 s at most.
    expect(steps).toBe(3);
    expect(seconds).toBe(60);
  });

  it('says of the model what it was taught, and from which drawings', async () => {
    const { model } = await teach({ model: shipped('tiny'), signs: [sign('heart')], steps: 1 });
    const { specification } = decodeModelFile(encodeModelFile(model));
    expect(specification.name).toBe('tiny-taught');
    expect(specification.classes.at(-1)?.name).toBe('heart');
    expect(specification.taught).toMatchObject([{ steps: 1, seed: 0, backend: 'wasm', signs: [{ name: 'heart' }] }]);
    expect(specification.taught?.[0].signs[0].drawings).toHaveLength(8);
    // Taught more, it rehearses what it was taught, and gets only one more class.
    const more = await teach({ model, signs: [sign('K')], steps: 1 });
    expect(more.model.specification.taught).toHaveLength(2);
    expect(more.model.specification.classes).toHaveLength(12);
  });

  it('tells of a sign that the model knows already', async () => {
    const issues: unknown[] = [];
    const random = new Random(1);
    const circle = { name: 'ring', drawings: Array.from({ length: 5 }, () => drawRing(random)) };
    await teach({ model: shipped('tiny'), signs: [circle], steps: 0 }, 1, { issue: (issue) => issues.push(issue) });
    expect(issues).toMatchObject([{ kind: 'known-sign', name: '0', severity: 'hint' }]);
  });

  it('makes a model read a new sign, and leaves it the digits', async () => {
    const { model, measurement } = await teach({ model: shipped('swift'), signs: [sign('K')], steps: 120 });
    const random = new Random(99);
    const { specification, weights } = model;
    const flat = flattenWeights(specification, weights);
    const pupil = await startPupil(
      {
        specification,
        before: flat,
        firstNewClass: 10,
        newChannels: [],
        ...{ rollout: 1, knownLogits: 1, knownHidden: 1 },
      },
      'wasm',
    );
    const samples = Array.from({ length: 20 }, () => ({
      pixels: rasterizeStrokes(strokesOf(drawMadeUpSign('K', random)), { width: 28, height: 28, radius: 1.5 }),
      label: 10,
      state: null,
    }));
    const [verdicts] = await pupil.look([{ weights: flat, samples, seed: 1, steps: 80 }]);
    pupil.dispose();
    // Far from learnt, but no model that was not taught has a cell that says so.
    expect(scoresOf(tallyOf(verdicts)).cellAccuracy).toBeGreaterThan(0.5);
    expect(measurement.digits.accuracy).toBeGreaterThan(0.95);
  });
});

/** A ring as somebody draws it: a zero. */
function drawRing(random: Random) {
  const width = random.range(5, 6);
  const tilt = random.range(-0.2, 0.2);
  return [
    Array.from({ length: 33 }, (_, index) => {
      const angle = (2 * Math.PI * index) / 32;
      return { x: width * Math.cos(angle) + tilt * Math.sin(angle), y: 9 * Math.sin(angle) };
    }),
  ];
}
