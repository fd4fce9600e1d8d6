/** Issues of signs as sentences for the command line. */
import type { SignIssue } from '../../engine/learning/teach/sign-issue.ts';
import type { Sign } from '../../engine/learning/teach/sign.ts';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Drawings by their places, counted from 1. */
function listDrawings(places: readonly number[]): string {
  const shown = places.slice(0, 10).map((place) => place + 1);
  const rest = places.length > shown.length ? ` and ${places.length - shown.length} more` : '';
  return `${places.length === 1 ? 'drawing' : 'drawings'} ${shown.join(', ')}${rest}`;
}

/** One sentence. */
export function describeIssue(issue: SignIssue, signs: readonly Sign[]): string {
  const name = JSON.stringify(signs[issue.sign]?.name.slice(0, 40) ?? '');
  switch (issue.kind) {
    case 'no-signs':
      return 'There are no drawings.';
    case 'name-empty':
      return 'A sign needs a label that is not empty.';
    case 'name-too-long':
      return `The label ${name} is longer than ${issue.most} characters.`;
    case 'name-control':
      return `The label ${name} has control characters.`;
    case 'name-twice':
      return `Two signs have the label ${name}.`;
    case 'few-drawings':
      return `A sign needs ${issue.least} drawings with ink at least; ${name} has ${issue.count}.`;
    case 'many-drawings':
      return `A sign may have ${issue.most} drawings; ${name} has ${issue.count}.`;
    case 'empty-drawings':
      return `Of ${name}, ${listDrawings(issue.drawings)} without ink will be left out.`;
    case 'bad-drawing':
      return `Of ${name}, drawing ${issue.drawing + 1} has too many points, or one that is no place.`;
    case 'same-drawing':
      return `All drawings of ${name} are the same; other people's will be read less well.`;
    case 'unlike-drawings':
      return `Of ${name}, ${listDrawings(issue.drawings)} will be hard to learn: nothing else there looks like it.`;
    case 'known-sign':
      return `The model takes ${percent(issue.share)} of the drawings of ${name} for ${JSON.stringify(issue.name)}, which it knows already.`;
    case 'alike-signs':
      return `The drawings of ${name} look like those of ${JSON.stringify(issue.name)}.`;
    case 'no-room':
      return issue.most === 0
        ? 'The model has no room for another class.'
        : `The model has room for ${issue.most} more classes.`;
  }
}
