/** Sections of a card on what the public draws: pen strokes, and digits that become others. */
import { describePairs } from '../evaluation/describe.ts';
import { sizeNames, tabulateForms } from '../evaluation/describe-strokes.ts';
import type { ChangeScores } from '../evaluation/measure-changes.ts';
import type { Separation, StrokeFindings, StrokeScores } from '../evaluation/measure-strokes.ts';
import type { TouchingScores } from '../evaluation/measure-touching.ts';
import { describeGroups } from '../evaluation/merged-classes.ts';
import type { WriterScores } from '../evaluation/score-readings.ts';
import { count, percent, table } from './markdown.ts';

function strokeTable(strokes: readonly StrokeScores[]): string {
  return table(
    ['', 'height', 'radius', 'glyphs', 'cells', 'agreement', 'majority', 'undecided'],
    strokes.map(({ file, height, radius, n, cellAccuracy, agreement, majorityAccuracy, undecided }) => [
      ...[file, height, radius, count(n)],
      ...[cellAccuracy, agreement, majorityAccuracy, undecided].map(percent),
    ]),
  );
}

/** How pen strokes are read at every size, and how what is no class is told from what is. */
export function describeStrokes(findings: StrokeFindings, names: readonly string[]): string[] {
  const { strokes, merged, pairs, worstWriters, separation, touching } = findings;
  return [
    '## Pen strokes',
    'Drawn with the brush of the page at several heights of the path, in cells. Of what is none of its classes, undecided cells are right, and the majority is the share of glyphs most of whose cells are undecided.',
    strokeTable(strokes),
    ...(merged ? [`With ${describeGroups(merged.groups)} counted as one class:`, strokeTable(merged.strokes)] : []),
    ...(pairs.length > 0 ? [`Most often taken for each other: ${describePairs(pairs, names).join('; ')}.`] : []),
    ...describeSeparation(separation),
    ...describeTouching(touching),
    ...describeForms(findings),
    ...describeWriters(worstWriters),
  ];
}

function describeSeparation(separation: readonly Separation[]): string[] {
  if (separation.length === 0) return [];
  const sizes = sizeNames(separation);
  return [
    'How well the share of undecided cells tells other ink from its classes (area under the curve), and the cells that are undecided:',
    table(
      ['height', 'area', 'undecided, classes', 'undecided, others'],
      separation.map(({ areaUnderCurve, classesUndecided, othersUndecided }, index) => [
        ...[sizes[index], areaUnderCurve.toFixed(3)],
        ...[classesUndecided, othersUndecided].map(percent),
      ]),
    ),
  ];
}

function describeTouching(touching: readonly TouchingScores[]): string[] {
  if (touching.length === 0) return [];
  const sizes = sizeNames(touching);
  return [
    'Two digits that touch: the cells that say one of the two, that are undecided, and that say a third.',
    table(
      ['height', 'pairs', 'one of the two', 'undecided', 'a third'],
      touching.map(({ n, own, undecided, third }, index) => [
        ...[sizes[index], count(n)],
        ...[own, undecided, third].map(percent),
      ]),
    ),
  ];
}

function describeForms(findings: StrokeFindings): string[] {
  const { sizes, rows } = tabulateForms(findings);
  if (rows.length === 0) return [];
  return [
    'Right votes by the form of the digit, worst first, at all sizes together and by height:',
    table(
      ['form', 'glyphs', 'all', ...sizes],
      rows.map(({ form, n, shares }) => [
        ...[form, count(n)],
        ...shares.map((share) => (share === null ? '–' : percent(share))),
      ]),
    ),
  ];
}

function describeWriters(writers: readonly WriterScores[]): string[] {
  if (writers.length === 0) return [];
  const texts = writers.map(
    ({ writer, n, majorityAccuracy }) => `${writer} (${count(n)} glyphs): ${percent(majorityAccuracy)} %`,
  );
  return [`Its worst writers, right votes at all sizes together: ${texts.join('; ')}.`];
}

/** Digits that become others. */
export function describeChangesOfMind(changes: readonly ChangeScores[]): string[] {
  const total = (of: (scores: ChangeScores) => number): number => changes.reduce((sum, scores) => sum + of(scores), 0);
  return [
    '## Changes of mind',
    'A digit becomes another by a stroke that is added or erased, while its cells keep their state. Most of the cells then say the new digit, or do not.',
    table(
      ['from', 'to', 'by a stroke', 'drawn', 'followed'],
      changes.map(({ from, to, kind, n, followed }) => [from, to, kind, n, followed]),
    ),
    `${total(({ followed }) => followed)} of ${total(({ n }) => n)} followed.`,
  ];
}
