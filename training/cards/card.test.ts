import { describe, expect, it } from 'vitest';
import { ACCURATE_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import type { TrainingRun } from '../../engine/common/model/specification.ts';
import type { TrainingRecord } from '../../engine/common/model/specification.ts';
import { renderCard, type CardData } from './card.ts';

const scores = (cellAccuracy: number) => ({
  cellAccuracy,
  agreement: 0.5,
  unanimousCorrect: 0.4,
  majorityAccuracy: 0.9,
  undecided: 0,
});
const steps = { 20: scores(0.8), 80: scores(0.9), 200: scores(0.95) };
const confusion = Array.from({ length: 10 }, (_, label) =>
  Array.from({ length: 10 }, (_, vote) => (label === vote ? 9 : 0) as number),
);
confusion[4][9] = 3;

const training: TrainingRecord = {
  preset: 'accurate',
  steps: 40_000,
  seed: 1,
  data: 'MNIST training',
  dataDigest: null,
  commit: 'abcdef0',
  settings: { 'optimizer.peak': '0.001' },
  changes: [{ step: 900, settings: { steps: '50000' } }],
  levels: 255,
};

describe('a card', () => {
  const data: CardData = {
    specification: { ...ACCURATE_SPECIFICATION, training },
    path: 'assets/accurate.ktx2',
    evaluation: {
      ...{
        n: 5000,
        seed: 0,
        seeds: [0, 1, 2],
        steps,
        mutation: steps,
        flicker: 0.001,
        confusion,
        pairs: [{ classes: [4, 9] as const, n: 21, confused: 3, firstAsSecond: 2 }],
        merged: { groups: [['4', '9']], scores: scores(0.97) },
        backend: 'wasm' as const,
      },
      spread: { steps, mutation: steps, flicker: 0.1 },
      drift: { digits: 200, steps: { 200: scores(0.95), 1000: scores(0.94) } },
      worst: [{ index: 17, label: 4, vote: 9, cellAccuracy: 0 }],
    },
    digitsName: 'MNIST validation',
    images: [],
    conditions: { plain: scores(0.96), 'scale 2': scores(0.3) },
    conditionDigits: 200,
    strokes: null,
    changes: null,
    command: 'npm run evaluate -- --model assets/accurate.ktx2 --card assets/accurate.md --seeds 3',
  };
  const card = renderCard(data);

  it('says what the model is, how it came about and how to get it again', () => {
    expect(card).toContain('16 channels: the ink, 10 logits, 5 hidden');
    expect(card).toContain('30,912 multiply-adds');
    expect(card).toContain(
      "npm run train -- --preset accurate --steps 40000 --seed 1 --set 'optimizer.peak=0.001' --out runs/accurate\n" +
        'npm run bake -- runs/accurate/checkpoint.safetensors --levels 255 --out assets/accurate.ktx2',
    );
    expect(card).toContain('The run went until step 900 with `steps=50000`, so that');
    expect(card).toContain('```sh\nnpm run evaluate -- --model assets/accurate.ktx2');
  });

  it('names the threshold of undecided cells if it is not that of the preset', () => {
    const classification = { ...ACCURATE_SPECIFICATION.classification, undecidedBelow: 0.25 };
    const text = renderCard({ ...data, specification: { ...ACCURATE_SPECIFICATION, classification, training } });
    expect(text).toContain('--levels 255 --undecided-below 0.25 --out assets/accurate.ktx2');
    expect(card).not.toContain('--undecided-below');
  });

  it('credits whom the data asks for, once, and in the command', () => {
    const credit = "© Anna's foundation, CC BY 4.0";
    const credited = { ...training, credit, earlier: [{ ...training, credit }] };
    const text = renderCard({ ...data, specification: { ...ACCURATE_SPECIFICATION, training: credited } });
    expect(text.split(`Credit for the data: ${credit}`)).toHaveLength(2);
    expect(text).toMatch(/--levels 255 --credit '?.*CC BY 4\.0'? --out assets\/accurate\.ktx2/);
    expect(card).not.toContain('Credit');
  });

  it('names all runs of a model that went on from another, each beginning where the one before ended', () => {
    const { levels: _, changes: __, ...run } = training;
    const earlier: TrainingRun[] = [
      { ...run, settings: {} },
      { ...run, preset: 'swift', steps: 7, settings: { steps: '70' } },
    ];
    const text = renderCard({ ...data, specification: { ...ACCURATE_SPECIFICATION, training: { ...run, earlier } } });
    expect(text).toContain(
      [
        'npm run train -- --preset accurate --steps 40000 --seed 1 --out runs/accurate-1',
        'npm run train -- --preset swift --from runs/accurate-1/model.ktx2 --steps 70 --seed 1 --out runs/accurate-2',
        "npm run train -- --preset accurate --from runs/accurate-2/model.ktx2 --steps 40000 --seed 1 --set 'optimizer.peak=0.001' --out runs/accurate",
        'npm run bake -- runs/accurate/checkpoint.safetensors --out assets/accurate.ktx2',
      ].join('\n'),
    );
    expect(text).toContain('What the run of number 2 had made after 7 of the steps');
    expect(text).toContain('`abcdef0`; then, from the weights of that run, for 7 steps of the preset `swift`');
  });

  it('tells how pen strokes are read, and which it was trained on', () => {
    expect(card).not.toContain('## Pen strokes');
    expect(card).toContain('whatever is drawn, a letter or a scribble, is taken for one of them');
    const trained = {
      ...training,
      strokes: [{ name: 'digits-train.json.gz', digest: 'ab'.repeat(32) }],
      settings: { strokes: '{"share":0.5}' },
    };
    const text = renderCard({
      ...data,
      specification: { ...ACCURATE_SPECIFICATION, training: trained },
      strokes: {
        strokes: [
          {
            ...{ file: 'letters.json', height: 18, radius: 1.5, n: 1200 },
            ...{ cellAccuracy: 0.8, agreement: 0.7, majorityAccuracy: 0.9, undecided: 0.8 },
          },
        ],
        merged: {
          groups: [['1', '7']],
          strokes: [
            {
              ...{ file: 'letters.json', height: 18, radius: 1.5, n: 1200 },
              ...{ cellAccuracy: 0.85, agreement: 0.75, majorityAccuracy: 0.95, undecided: 0.8 },
            },
          ],
        },
        pairs: [{ classes: [1, 7], n: 200, confused: 13, firstAsSecond: 4 }],
        forms: [{ form: 'slashed 0', height: 18, radius: 1.5, n: 26, majorityAccuracy: 0.5 }],
        pooledForms: [{ form: 'slashed 0', n: 26, majorityAccuracy: 0.55 }],
        worstWriters: [{ file: 'digits.json', writer: 'anna', n: 40, majorityAccuracy: 0.75 }],
        separation: [{ height: 18, radius: 1.5, areaUnderCurve: 0.98, classesUndecided: 0.012, othersUndecided: 0.9 }],
        touching: [{ height: 18, radius: 1.5, n: 200, own: 0.7, undecided: 0.2, third: 0.1 }],
        mistakes: [],
      },
      changes: [{ from: '8', to: '3', kind: 'erased', n: 4, followed: 3, readBefore: 4 }],
    });
    expect(text).toContain('With 1 = 7 counted as one class:');
    expect(text).toContain('| letters.json | 18 | 1.5 | 1,200 | 85.0 | 75.0 | 95.0 | 80.0 |');
    expect(text).toContain('Most often taken for each other: 1 and 7: 13 of 200 (6.50 %; 1 as 7: 4, 7 as 1: 9).');
    expect(text).toContain('| form | glyphs | all | 18 |');
    expect(text).toContain('| slashed 0 | 26 | 55.0 | 50.0 |');
    expect(text).toContain('| 18 | 200 | 70.0 | 20.0 | 10.0 |');
    expect(text).toContain('Its worst writers, right votes at all sizes together: anna (40 glyphs): 75.0 %.');
    expect(text).toContain('\n3 of 4 followed.\n');
    expect(text).toContain('| 8 | 3 | erased | 4 | 3 |');
    expect(text).toContain('| letters.json | 18 | 1.5 | 1,200 | 80.0 | 70.0 | 90.0 | 80.0 |');
    expect(text).toContain('| 18 | 0.980 | 1.2 | 90.0 |');
    expect(text).toContain(`digits-train.json.gz (SHA-256 \`${'ab'.repeat(32)}\`)`);
    expect(text).toContain('has learned to leave other ink undecided');
    expect(text).toContain(' --strokes DIR ');
  });

  it('has a table of further sets of images', () => {
    const text = renderCard({ ...data, images: [{ name: 'usps-images', n: 2007, steps }] });
    expect(text).toContain('| | images | cells @80 | agreement @80 | majority @80 | cells @200 |');
    expect(text).toContain('| usps-images | 2,007 | 90.0 | 50.0 | 90.0 | 95.0 | 50.0 | 90.0 |');
    expect(card).not.toContain('cells @80');
  });

  it('says how good it is and where it fails', () => {
    expect(card).toContain('| step 80 | 90.0 ± 90.0 | 50.0 ± 50.0 |');
    expect(card).toContain('With 4 = 9 counted as one class:');
    expect(card).toContain('| step 200 | 97.0 | 50.0 | 40.0 | 90.0 |');
    expect(card).toContain('| step 1000 | 94.0 |');
    expect(card).toContain('scale 2 (30.0 %)');
    expect(card).not.toContain('plain (');
    expect(card).toContain('4 taken for 9 (3)');
    expect(card).toContain('17 (4 → 9)');
  });
});
