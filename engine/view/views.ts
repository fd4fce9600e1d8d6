/** What a pixel can show of its cells, in the order that `shaders/display-cells.frag` numbers them. */
export const VIEWS = ['label', 'confidence', 'disagreement', 'flicker', 'ink', 'channel', 'channels'] as const;

export type View = (typeof VIEWS)[number];

/** The number by which the shader knows a view. */
export function viewNumber(view: View): number {
  return VIEWS.indexOf(view);
}

/** Whether the view tells cells by the majority of their digit, which has to be measured. */
export function needsVotes(view: View): boolean {
  return view === 'disagreement';
}
