/**
 * The strokes of brush, eraser and damage that are being made. Those that overlap in time are one change, which undo
 * takes back.
 */
import type { StrokePoint } from '../automaton/types.ts';
import type { Playground } from './playground.ts';

export interface Stroke {
  /** Whether it erases whatever the tool is, as a pen's other end does. */
  readonly erases: boolean;
  /** Where it has come to, in cells. */
  last: StrokePoint;
}

export class Strokes {
  readonly #playground: Playground;
  readonly #underWay = new Set<Stroke>();
  /** Strokes that have begun since the last time there was none. */
  #begun = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /**
   * @param points where it begins; more than one begins with a line through them
   * @throws SimulationError while the simulation cannot be used
   */
  begin(points: readonly [StrokePoint, ...StrokePoint[]], erases = false): Stroke {
    this.#playground.editor.beginChange();
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
    // Undo or another canvas has come in between.
    if (!editor.isChanging) editor.beginChange();
    const { last } = stroke;
    stroke.last = points[points.length - 1] ?? last;
    this.#apply(stroke, [last, ...points]);
  }

  end(stroke: Stroke): void {
    if (this.#underWay.delete(stroke) && this.#underWay.size === 0) this.#playground.editor.endChange();
  }

  /** As if it had not been, unless others have begun beside it. */
  takeBack(stroke: Stroke): void {
    if (this.#begun === 1 && this.#underWay.has(stroke)) this.#playground.editor.cancelChange();
    this.end(stroke);
  }

  #apply({ erases }: Stroke, points: readonly StrokePoint[]): void {
    const { editor, settings } = this.#playground;
    const { tool, brushRadius, damageMode } = settings.values;
    if (tool === 'damage' && !erases) editor.damage(points, brushRadius, damageMode);
    else editor.paint(points, { radius: brushRadius, erase: erases || tool === 'eraser' });
  }
}
