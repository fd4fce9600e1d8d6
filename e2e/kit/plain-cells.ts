/**
 * The colours that cells may have in a view: those of the plain reference, and others only where what the view tells
 * apart lies closer than arithmetic can err.
 */
import { smallestInkByte } from '../../engine/automaton/slot-table.ts';
import type { Color } from '../../engine/view/color.ts';
import type { Palette } from '../../engine/view/palettes.ts';
import type { View } from '../../engine/view/views.ts';
import type { PlainMoment, PlainRun } from './plain-run.ts';

export interface PlainLook {
  readonly view: View;
  readonly palette: Palette;
  /** The channels for red, green and blue; a view of one channel shows the first. */
  readonly channels: readonly [number, number, number];
}

/** Colours between two, channel by channel; 0…255, not rounded. */
export interface ColorRange {
  readonly low: Color;
  readonly high: Color;
  /** What a cell of this colour says, such as `"7"` or `undecided`. */
  readonly says: string;
}

/** What a cell may look like, the reference's own opinion first. */
export type CellChoices = readonly ColorRange[];

/** A renderer rounds to a byte with an error of 0.6 instead of 0.5 at most (Direct3D 11.3 functional specification, 3.2.3.6). */
const BYTE_SLACK = 0.1;

/** See `GAIN` in display-cells.frag. */
const GAIN = 4;

/** What a cell may say. Labels are numbered from 1, 0 is undecided. */
interface Opinion {
  /** The reference's first. */
  readonly labels: readonly number[];
  /** The least and the greatest confidence byte. */
  readonly confidence: readonly [number, number];
}

const SILENT: Opinion = { labels: [0], confidence: [0, 0] };

/** The choices of every cell, row by row. */
export function cellChoices(run: PlainRun, look: PlainLook): CellChoices[] {
  const opinions = opinionsOf(run, run.now);
  const { view, palette } = look;
  const cells = Array.from(run.ink, (byte, cell) => ({ cell, ink: byte / 255, opinion: opinions[cell] }));
  const over = (range: ColorRange, presence: number): ColorRange => ({
    low: mixed(palette.background, range.low, presence),
    high: mixed(palette.background, range.high, presence),
    says: range.says,
  });
  const faded = (ranges: CellChoices, ink: number): CellChoices => ranges.map((one) => over(one, Math.min(1, 2 * ink)));
  switch (view) {
    case 'ink':
      return cells.map(({ ink }) => [over(single(palette.undecided, 'ink'), ink)]);
    case 'label':
      return cells.map(({ ink, opinion }) => opinion.labels.map((label) => over(labelColor(run, palette, label), ink)));
    case 'confidence':
      return cells.map(({ ink, opinion }) => faded([rampOverBytes(palette, opinion.confidence)], ink));
    case 'flicker': {
      const earlier = opinionsOf(run, run.before);
      return cells.map(({ cell, ink, opinion }) => faded(flickers(palette, opinion, earlier[cell]), ink));
    }
    case 'disagreement': {
      const votes = votesOf(run, opinions);
      return cells.map(({ cell, ink, opinion }) => faded(disagrees(palette, opinion, votes[tileOf(run, cell)]), ink));
    }
    case 'channel':
    case 'channels':
      return cells.map(({ cell }) => [channelColor(run, look, cell)]);
  }
}

/** Whether a cell may look otherwise than the reference has it, by more than rounding. */
export function isTorn(choices: CellChoices): boolean {
  const [{ low, high }] = choices;
  return choices.length > 1 || high.some((value, channel) => value - low[channel] > 1);
}

function opinionsOf({ model, lives, ink }: PlainRun, { state, error }: PlainMoment): Opinion[] {
  const { channels, classes, classification } = model.specification;
  return Array.from(ink, (_, cell) => {
    if (lives[cell] === 0) return SILENT;
    const start = cell * state.channels + channels.firstLogit;
    const logits = state.data.subarray(start, start + classes.length);
    const wrong = error[cell];
    const best = Math.max(...logits);
    const winner = logits.indexOf(best);
    const second = Math.max(...logits.filter((_, index) => index !== winner));
    const own = best < classification.undecidedBelow ? 0 : winner + 1;
    const labels = [own];
    if (own !== 0 && best - wrong < classification.undecidedBelow) labels.push(0);
    if (best + wrong >= classification.undecidedBelow) {
      logits.forEach((value, index) => {
        const isClose = index === winner || (wrong > 0 && value >= best - 2 * wrong);
        if (isClose && index + 1 !== own) labels.push(index + 1);
      });
    }
    const margin = best - second;
    return { labels, confidence: [byteOf(margin - 2 * wrong, -BYTE_SLACK), byteOf(margin + 2 * wrong, BYTE_SLACK)] };
  });
}

/** The byte that a share becomes where a texture keeps it. */
function byteOf(share: number, slack: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)) + slack);
}

function flickers({ calm, alarm }: Palette, now: Opinion, before: Opinion): CellChoices {
  const kept = single(calm, 'keeps its label');
  const changed = single(alarm, 'has changed its label');
  const isTorn = now.labels.length > 1 || before.labels.length > 1;
  const canBeSame = now.labels.some((label) => before.labels.includes(label));
  const isSame = now.labels[0] === before.labels[0];
  if (!isTorn || !canBeSame) return [isSame ? kept : changed];
  return isSame ? [kept, changed] : [changed, kept];
}

function disagrees({ undecided, calm, alarm }: Palette, { labels }: Opinion, votes: readonly number[]): CellChoices {
  const choices = new Map<string, ColorRange>();
  for (const label of labels) {
    for (const vote of votes) {
      const [color, says] =
        label === 0
          ? ([undecided, 'undecided'] as const)
          : label === vote
            ? ([calm, 'agrees'] as const)
            : ([alarm, 'disagrees'] as const);
      if (!choices.has(says)) choices.set(says, single(color, says));
    }
  }
  return [...choices.values()];
}

/** Which labels may have the majority of each tile, the reference's first; 0 where no cell has decided. */
function votesOf(run: PlainRun, opinions: readonly Opinion[]): number[][] {
  const { model, layout, ink } = run;
  const { classes, classification } = model.specification;
  const inkByte = smallestInkByte(classification.inkThreshold);
  const tiles = Array.from({ length: layout.columns * layout.rows }, () =>
    Array.from({ length: classes.length + 1 }, () => ({ own: 0, least: 0, most: 0 })),
  );
  opinions.forEach(({ labels }, cell) => {
    if (ink[cell] < inkByte) return;
    const tallies = tiles[tileOf(run, cell)];
    tallies[labels[0]].own += 1;
    if (labels.length === 1) tallies[labels[0]].least += 1;
    for (const label of labels) tallies[label].most += 1;
  });
  return tiles.map(([, ...tallies]) => {
    const winner = (key: 'own' | 'least'): number => Math.max(...tallies.map((tally) => tally[key]));
    const most = winner('own');
    const own = most === 0 ? 0 : tallies.findIndex((tally) => tally.own === most) + 1;
    const isCertain = tallies.every((tally) => tally.least === tally.most);
    if (isCertain) return [own];
    const floor = Math.max(1, winner('least'));
    const others = tallies.flatMap((tally, index) => (tally.most >= floor ? [index + 1] : []));
    return [...new Set([own, ...others, ...(winner('least') === 0 ? [0] : [])])];
  });
}

function tileOf({ layout, width }: PlainRun, cell: number): number {
  const row = Math.floor(cell / width / layout.tile);
  return row * layout.columns + Math.floor((cell % width) / layout.tile);
}

function labelColor({ model }: PlainRun, palette: Palette, label: number): ColorRange {
  if (label === 0) return single(palette.undecided, 'undecided');
  return single(palette.classes[label - 1], `"${model.specification.classes[label - 1].name}"`);
}

function rampOverBytes({ ramp }: Palette, [least, most]: readonly [number, number]): ColorRange {
  return rampBetween(ramp, least / 255, most / 255, `confidence ${(least / 255).toFixed(3)}`);
}

/** All colours of a ramp from one place to another. */
function rampBetween(ramp: Palette['ramp'], from: number, to: number, says: string): ColorRange {
  const [low, middle, high] = ramp;
  const at = (t: number): Color => (t <= 0.5 ? mixed(low, middle, 2 * t) : mixed(middle, high, 2 * t - 1));
  const colors = [at(from), at(to), ...(from < 0.5 && to > 0.5 ? [middle] : [])];
  return hull(colors, says);
}

function channelColor(
  { model, ink, lives, now }: PlainRun,
  { view, palette, channels }: PlainLook,
  cell: number,
): ColorRange {
  if (lives[cell] === 0) return single(palette.background, 'no state');
  const { count, ink: inkChannel } = model.specification.channels;
  const [red, green, blue] = channels.map((channel) => {
    const isInk = channel === inkChannel;
    const value = isInk ? ink[cell] / 255 : now.state.data[cell * count + channel];
    const wrong = isInk ? 0 : now.error[cell];
    return { value, low: squash(value - wrong), high: squash(value + wrong) };
  });
  if (view === 'channel') return rampBetween(palette.ramp, red.low, red.high, red.value.toFixed(4));
  const shown = [red, green, blue];
  return {
    low: toColor(shown.map(({ low }) => 255 * low)),
    high: toColor(shown.map(({ high }) => 255 * high)),
    says: shown.map(({ value }) => value.toFixed(4)).join(', '),
  };
}

/** See `squash` in display-cells.frag. */
function squash(value: number): number {
  const loud = GAIN * value;
  return 0.5 + (0.5 * loud) / (1 + Math.abs(loud));
}

function mixed(from: Color, to: Color, share: number): Color {
  return toColor(from.map((value, channel) => value + (to[channel] - value) * share));
}

function single(color: Color, says: string): ColorRange {
  return { low: color, high: color, says };
}

/** The smallest range that holds some colours. */
export function hull(colors: readonly Color[], says: string): ColorRange {
  const each = (pick: (...values: number[]) => number): Color =>
    toColor([0, 1, 2].map((channel) => pick(...colors.map((color) => color[channel]))));
  return { low: each(Math.min), high: each(Math.max), says };
}

function toColor([red, green, blue]: readonly number[]): Color {
  return [red, green, blue];
}
