/** Finds what is wrong with signs before they are taught. */
import type { Stroke } from '../../common/handwriting/stroke.ts';
import { LIMITS, type ModelSpecification } from '../../common/model/specification.ts';
import { distanceBetween } from './likeness.ts';
import { strokesOf, type Drawing, type Sign } from './sign.ts';
import type { SignFault, SignIssue } from './sign-issue.ts';
import { storedDrawings } from './stored-drawings.ts';
import { normalizeStrokes } from './variations.ts';

/** Fewer drawings do not show what may vary. */
export const LEAST_DRAWINGS = 3;
/** More only take time. */
export const MOST_DRAWINGS = 200;
const MOST_POINTS = 20_000;
const LARGEST_COORDINATE = 1e6;
const LONGEST_NAME = 32;

/** See `distanceBetween`: two drawings that are one, drawings of one sign, and drawings of different ones. */
const SAME = 0.012;
const ALIKE = 0.05;
const UNLIKE = 0.09;
/** The distance to the nearest other drawing that few drawings of one sign have. */
const SCATTERED = 0.055;

/** Control characters, among them those that change the direction of the text around a name. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Joiners, which some scripts and symbols need. */
const JOINERS = /[\u200c\u200d]/gu;

/** Whether there is anything to draw. */
function hasInk(drawing: Drawing): boolean {
  return drawing.some(({ length }) => length > 0);
}

function isSound(drawing: Drawing): boolean {
  const points = drawing.reduce((total, { length }) => total + length, 0);
  const isPlace = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= LARGEST_COORDINATE;
  return points <= MOST_POINTS && drawing.every((stroke) => stroke.every(({ x, y }) => isPlace(x) && isPlace(y)));
}

/** The drawings of a sign that can be learnt from, in units of their larger sides. */
export function soundDrawings({ drawings }: Sign): Stroke[][] {
  return drawings
    .filter((drawing) => hasInk(drawing) && isSound(drawing))
    .map((drawing) => normalizeStrokes(strokesOf(drawing)));
}

/** Everything that is wrong with the signs, errors first. None is empty or too much to teach if there is no error. */
export function checkSigns(specification: ModelSpecification, signs: readonly Sign[]): SignIssue[] {
  const issues: SignIssue[] = [];
  const add = (severity: SignIssue['severity'], sign: number, fault: SignFault): void => {
    issues.push({ severity, sign, ...fault });
  };
  if (signs.length === 0) add('error', 0, { kind: 'no-signs' });
  checkRoom(specification, signs, add);
  const sound = signs.map(soundDrawings);
  const earlier = storedDrawings(specification);
  signs.forEach((sign, index) => {
    checkName(sign.name, signs.slice(0, index), (fault) => add('error', index, fault));
    const bad = sign.drawings.findIndex((drawing) => !isSound(drawing));
    if (bad >= 0) add('error', index, { kind: 'bad-drawing', drawing: bad });
    const empty = sign.drawings.flatMap((drawing, place) => (hasInk(drawing) ? [] : [place]));
    if (empty.length > 0) add('hint', index, { kind: 'empty-drawings', drawings: empty });
    const count = sound[index].length;
    if (count < LEAST_DRAWINGS) {
      add('error', index, { kind: 'few-drawings', count, least: LEAST_DRAWINGS });
      return;
    }
    if (sign.drawings.length > MOST_DRAWINGS) {
      add('error', index, { kind: 'many-drawings', count: sign.drawings.length, most: MOST_DRAWINGS });
      return;
    }
    checkVariety(sign, sound[index], (fault) => add('hint', index, fault));
    const others = [...earlier, ...signs.slice(0, index).map(({ name }, place) => ({ name, drawings: sound[place] }))];
    const alike = others.find(({ name, drawings }) => name !== sign.name && looksLike(sound[index], drawings, ALIKE));
    if (alike) add('hint', index, { kind: 'alike-signs', name: alike.name });
  });
  return issues.sort((one, other) => Number(one.severity === 'hint') - Number(other.severity === 'hint'));
}

function checkRoom(
  { classes, channels }: ModelSpecification,
  signs: readonly Sign[],
  add: (severity: SignIssue['severity'], sign: number, fault: SignFault) => void,
): void {
  const room = Math.min(LIMITS.classes - classes.length, LIMITS.channels - channels.count);
  const known = new Set(classes.map(({ name }) => name));
  const fresh = signs.flatMap(({ name }, index) => (known.has(name) ? [] : [index]));
  if (fresh.length > room) add('error', fresh[room], { kind: 'no-room', most: room });
}

function checkName(name: string, before: readonly Sign[], add: (fault: SignFault) => void): void {
  if (name.trim() === '') add({ kind: 'name-empty' });
  else if (name.length > LONGEST_NAME) add({ kind: 'name-too-long', most: LONGEST_NAME });
  else if (CONTROL.test(name.replace(JOINERS, ''))) add({ kind: 'name-control' });
  else if (before.some((other) => other.name === name)) add({ kind: 'name-twice', name });
}

/** The same drawing again and again, and drawings of something else. */
function checkVariety(sign: Sign, sound: readonly Stroke[][], add: (fault: SignFault) => void): void {
  const nearest = sound.map((drawing, index) =>
    Math.min(...sound.map((other, place) => (place === index ? Infinity : distanceBetween(drawing, other)))),
  );
  if (
    nearest.every((distance) => distance < SAME) &&
    sound.every((drawing) => distanceBetween(drawing, sound[0]) < SAME)
  ) {
    add({ kind: 'same-drawing' });
  }
  const places = sign.drawings.flatMap((drawing, place) => (hasInk(drawing) && isSound(drawing) ? [place] : []));
  // If most are far from any other, there is no sign among them from which one could differ.
  const scattered = nearest.filter((distance) => distance > SCATTERED).length > nearest.length / 2;
  const unlike = places.filter((_, index) => nearest[index] > (scattered ? SCATTERED : UNLIKE));
  if (unlike.length > 0) add({ kind: 'unlike-drawings', drawings: unlike });
}

/** Whether most of the drawings are within `limit` of one of the others. */
export function looksLike(
  drawings: readonly (readonly Stroke[])[],
  others: readonly (readonly Stroke[])[],
  limit: number,
): boolean {
  const near = drawings.filter((drawing) => others.some((other) => distanceBetween(drawing, other) < limit));
  return 2 * near.length > drawings.length;
}
