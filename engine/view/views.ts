/** What a pixel can show of its cells, in the order of the numbers in `shaders/display-cells.frag`. */
export const VIEWS = ['label', 'confidence', 'disagreement', 'flicker', 'ink', 'channel', 'channels'] as const;

export type View = (typeof VIEWS)[number];

/** The number of a view in the shader. */
export function viewNumber(view: View): number {
  return VIEWS.indexOf(view);
}

/** Whether the view compares cells with the majority of their digit, which has to be measured. */
export function needsVotes(view: View): boolean {
  return view === 'disagreement';
}
