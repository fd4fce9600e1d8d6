/** What came of pen strokes, as plain text. */
import { describePairs, NAME_WIDTH, percent } from './describe.ts';
import type { StrokeFindings, StrokeScores } from './measure-strokes.ts';
import { describeGroups } from './merged-classes.ts';
import type { Size } from './stroke-sets.ts';

/** A size for people: its height alone, or with the radius where there are several. */
export function nameSize({ height, radius }: Size, severalRadii: boolean): string {
  return severalRadii ? `${height}, radius ${radius}` : String(height);
}

/** Names sizes, see {@link nameSize}. */
export function sizeNames(sizes: readonly Size[]): string[] {
  const severalRadii = new Set(sizes.map(({ radius }) => radius)).size > 1;
  return sizes.map((size) => nameSize(size, severalRadii));
}

/** The right votes on each form as shares: at all sizes together, then at each; null where there is none of it. */
export interface FormTable {
  readonly sizes: readonly string[];
  readonly rows: readonly {
    readonly form: string;
    readonly n: number;
    readonly shares: readonly (number | null)[];
  }[];
}

/** The forms in the order of their errors, worst first. */
export function tabulateForms({
  strokes,
  forms,
  pooledForms,
}: Pick<StrokeFindings, 'strokes' | 'forms' | 'pooledForms'>): FormTable {
  const { file } = strokes[0];
  const sizes = strokes.filter((row) => row.file === file);
  return {
    sizes: sizeNames(sizes),
    rows: pooledForms.map(({ form, n, majorityAccuracy }) => ({
      ...{ form, n },
      shares: [
        majorityAccuracy,
        ...sizes.map(({ height, radius }) => {
          const at = forms.find((one) => one.form === form && one.height === height && one.radius === radius);
          return at?.majorityAccuracy ?? null;
        }),
      ],
    })),
  };
}

const COLUMN = 9;

function column(text: string | number): string {
  return `  ${String(text).padStart(COLUMN - 2)}`;
}

function describeTable(rows: readonly StrokeScores[], width: number): string[] {
  const heads = ['height', 'radius', 'n', 'cells', 'agree', 'major.', 'undec.'];
  return [
    `${''.padEnd(width)}${heads.map(column).join('')}   %`,
    ...rows.map(
      ({ file, height, radius, n, cellAccuracy, agreement, majorityAccuracy, undecided }) =>
        file.padEnd(width) +
        [height, radius, n, ...[cellAccuracy, agreement, majorityAccuracy, undecided].map(percent)]
          .map(column)
          .join(''),
    ),
  ];
}

function describeForms(findings: Pick<StrokeFindings, 'strokes' | 'forms' | 'pooledForms'>): string[] {
  const { sizes, rows } = tabulateForms(findings);
  if (rows.length === 0) return [];
  const heads = ['n', 'all', ...sizes];
  const widths = heads.map((head) => Math.max(COLUMN, head.length + 2));
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(NAME_WIDTH) + cells.map((cell, index) => cell.padStart(widths[index])).join('');
  return [
    '\nForms, worst first (right votes at all sizes together, then by height):',
    `${line('', heads)}   %`,
    ...rows.map(({ form, n, shares }) =>
      line(form, [String(n), ...shares.map((share) => (share === null ? '·' : percent(share)))]),
    ),
  ];
}

/** What came of pen strokes. */
export function describeStrokes(findings: Omit<StrokeFindings, 'mistakes'>, names: readonly string[]): string {
  const { strokes, merged, pairs, worstWriters, separation, touching } = findings;
  const width = Math.max(NAME_WIDTH, ...strokes.map(({ file }) => file.length + 2));
  const parts = describeTable(strokes, width);
  if (merged) parts.push(`\nCounted as one: ${describeGroups(merged.groups)}`, ...describeTable(merged.strokes, width));
  const cells = (share: number): string => `${percent(share).trim()} %`;
  if (separation.length > 0) parts.push('\nClasses and other ink, told apart by their undecided cells:');
  sizeNames(separation).forEach((size, index) => {
    const { areaUnderCurve, classesUndecided, othersUndecided } = separation[index];
    parts.push(
      `height ${size}: area under the curve ${areaUnderCurve.toFixed(3)}, undecided ${cells(classesUndecided)} of the cells of classes and ${cells(othersUndecided)} of others`,
    );
  });
  if (touching.length > 0) parts.push('\nTwo digits that touch (their cells):');
  sizeNames(touching).forEach((size, index) => {
    const { n, own, undecided, third } = touching[index];
    parts.push(
      `height ${size} (${n}): ${cells(own)} say one of the two, ${cells(undecided)} are undecided, ${cells(third)} say a third`,
    );
  });
  if (pairs.length > 0) parts.push('\nMost often taken for each other:', ...describePairs(pairs, names));
  parts.push(...describeForms(findings));
  if (worstWriters.length > 0) parts.push('\nWorst writers (glyphs: right votes at all sizes together):');
  for (const { file, writer, n, majorityAccuracy } of worstWriters) {
    parts.push(`${file}, ${writer} (${n}): ${cells(majorityAccuracy)}`);
  }
  return parts.join('\n');
}
