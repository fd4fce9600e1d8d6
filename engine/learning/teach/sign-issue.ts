/** What can be wrong with signs that are to be taught. The page and the command put it into words. */

/** Something about one of the signs. An `error` prevents teaching, a `hint` only makes it worse. */
export type SignIssue = {
  readonly severity: 'error' | 'hint';
  /** The place of the sign in the request. */
  readonly sign: number;
} & SignFault;

export type SignFault =
  /** There are no signs at all; `sign` is 0. */
  | { readonly kind: 'no-signs' }
  /** The name is empty, or only of spaces. */
  | { readonly kind: 'name-empty' }
  | { readonly kind: 'name-too-long'; readonly most: number }
  /** The name has control characters, such as those that change the direction of text. */
  | { readonly kind: 'name-control' }
  /** Another sign of the request has the same name. */
  | { readonly kind: 'name-twice'; readonly name: string }
  /** Fewer than `least` drawings have ink. */
  | { readonly kind: 'few-drawings'; readonly count: number; readonly least: number }
  /** There are more drawings than can be learnt from in time. */
  | { readonly kind: 'many-drawings'; readonly count: number; readonly most: number }
  /** These drawings (places in `drawings`) have no ink, and are left out. */
  | { readonly kind: 'empty-drawings'; readonly drawings: readonly number[] }
  /** A coordinate is not a number, or there are more points than anybody draws. */
  | { readonly kind: 'bad-drawing'; readonly drawing: number }
  /** All drawings are the same one. Teaching works, but other people's drawings will be read worse. */
  | { readonly kind: 'same-drawing' }
  /** These drawings (places in `drawings`) look unlike the rest. */
  | { readonly kind: 'unlike-drawings'; readonly drawings: readonly number[] }
  /** The model already reads most of the drawings as this class of its own. */
  | { readonly kind: 'known-sign'; readonly name: string; readonly share: number }
  /** The drawings look like those of another sign of the request, or of one that the model was taught before. */
  | { readonly kind: 'alike-signs'; readonly name: string }
  /** The model has no room for so many classes or channels. */
  | { readonly kind: 'no-room'; readonly most: number };
