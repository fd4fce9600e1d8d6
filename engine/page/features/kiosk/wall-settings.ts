/** The settings of a wall: many screens that show one canvas together. */
import * as v from 'valibot';
import { STRATEGIES } from '../../../automaton/programs/strategies.ts';
import { overlapOf, screensOfGrid, type WallScreen } from '../../../together/geometry.ts';
import { handsSchema, operatorSchema } from './hands-settings.ts';
import { fieldsOf, listOf, numberFrom, oneOf, passwordText, textUpTo, wholeFrom } from './checks.ts';

const millimetres = (low: number) => numberFrom(low, 100_000);

const gridSchema = fieldsOf({
  columns: wholeFrom(1, 32),
  rows: wholeFrom(1, 32),
  /** The size of one screen's picture in millimetres, without its bezel … */
  width: millimetres(10),
  height: millimetres(10),
  /** … and the width of the bezel on each of its sides. */
  bezel: v.optional(millimetres(0), 0),
});

const screenSchema = fieldsOf({
  /** Where the picture of the screen begins, in millimetres from the left and from the top. */
  x: numberFrom(-100_000, 100_000),
  y: numberFrom(-100_000, 100_000),
  width: millimetres(10),
  height: millimetres(10),
});

const address = v.pipe(
  textUpTo(300),
  v.check((text) => /^https?:\/\/[^/]+\/$/.test(text), 'must be an address such as "http://192.168.1.10:8080/"'),
);

export const wallSchema = v.pipe(
  fieldsOf({
    /** Screens of one kind, side by side, numbered row by row … */
    grid: v.optional(gridSchema),
    /** … or each one by itself, numbered in this order. */
    screens: v.optional(listOf(screenSchema, 1, 200)),
    /** The screen that this machine's browser shows; if left out, this machine is only a server. */
    screen: v.optional(wholeFrom(1, 1000)),
    /** How to compute the step. It is the same on every screen, since the bits depend on it. */
    strategy: v.optional(oneOf(STRATEGIES), STRATEGIES[0]),
    /** How long before its picture a step is decided, so that the news reaches every screen. */
    delayMilliseconds: v.optional(numberFrom(10, 2000), 50),
    /** The screen that shows the captions of the show; 0 for none. */
    captionScreen: v.optional(wholeFrom(0, 1000), 1),
    /** Admits screens. One is made at each start if left out; several servers need the same one. */
    token: v.optional(passwordText()),
    /** A certificate and its key, for https; then only this machine can use plain http. */
    tls: v.optional(
      fieldsOf({ certificate: textUpTo(1024), key: textUpTo(1024), port: v.optional(wholeFrom(0, 65_535), 8443) }),
    ),
    /** The addresses of all servers, if there are several, … */
    servers: v.optional(listOf(address, 0, 20), []),
    /** … which of them this one is, from 1, … */
    server: v.optional(wholeFrom(1, 20)),
    /** … and the Redis that they share. */
    redis: v.optional(textUpTo(300)),
    /** Lets visitors draw with their phones; not if left out. */
    hands: v.optional(handsSchema),
    /** Offers the operator's page; not if left out. */
    operator: v.optional(operatorSchema),
  }),
  v.check(
    ({ grid, screens }) => (grid === undefined) !== (screens === undefined),
    'needs either "grid" or "screens", and not both',
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.screens === undefined) return;
    const overlap = overlapOf(dataset.value.screens);
    if (overlap) addIssue({ message: `has screens ${overlap[0] + 1} and ${overlap[1] + 1} on top of each other` });
  }),
);

export type WallSettings = v.InferOutput<typeof wallSchema>;

/** The screens of a wall in the order of their numbers. */
export function screensOf({ grid, screens }: WallSettings): readonly WallScreen[] {
  return screens ?? (grid ? screensOfGrid(grid) : []);
}
