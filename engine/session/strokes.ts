/**
 * The strokes of the brush, eraser and damage tools that are in progress. Strokes that overlap in time form one change,
 * which is undone as a whole.
 */
import type { StrokePoint } from '../automaton/types.ts';
import type { Playground } from './playground.ts';

export interface Stroke {
  /** Whether it erases regardless of the tool, like a pen's eraser end. */
  readonly erases: boolean;
  /** The position that it has reached, in cells. */
  last: StrokePoint;
}

export class Strokes {
  readonly #playground: Playground;
  readonly #underWay = new Set<Stroke>();
  /** The number of strokes that have begun since there last was none. */
  #begun = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /**
   * @param points the point where it begins; several points begin with a line through them
   * @throws SimulationError while the simulation cannot be used
   */
  begin(points: readonly [StrokePoint, ...StrokePoint[]], erases = false): Stroke {
    this.#playground.editor.changes.begin();
    if (this.#underWay.size === 0) this.#begun = 0;
    this.#begun += 1;
    const stroke = { erases, last: points[points.length - 1] };
    this.#underWay.add(stroke);
    this.#apply(stroke, points);
    return stroke;
  }

  /** @throws SimulationError while the simulation cannot be used */
  go(stroke: Stroke, points: readonly StrokePoint[]): void {
    const { editor } = this.#playground;
    // Undo or another canvas has intervened.
    if (!editor.changes.isUnderWay) editor.changes.begin();
    const { last } = stroke;
    stroke.last = points[points.length - 1] ?? last;
    this.#apply(stroke, [last, ...points]);
  }

  end(stroke: Stroke): void {
    if (this.#underWay.delete(stroke) && this.#underWay.size === 0) this.#playground.editor.changes.end();
  }

  /** Reverts the stroke as if it had not been drawn, unless others have begun in the meantime. */
  takeBack(stroke: Stroke): void {
    if (this.#begun === 1 && this.#underWay.has(stroke)) this.#playground.editor.changes.cancel();
    this.end(stroke);
  }

  #apply({ erases }: Stroke, points: readonly StrokePoint[]): void {
    const { editor, settings } = this.#playground;
    const { tool, brushRadius, damageMode } = settings.values;
    if (tool === 'damage' && !erases) editor.damage(points, brushRadius, damageMode);
    else editor.paint(points, { radius: brushRadius, erase: erases || tool === 'eraser' });
  }
}
