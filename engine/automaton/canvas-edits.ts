/**
 * Changes of a running canvas by hand: each is passed on to whoever follows or records it, and a group of them becomes
 * an edit that can be taken back.
 */
import type { Model } from '../common/model/weights.ts';
import { type CanvasOperation, placeDigit, withoutLabel } from './canvas-operation.ts';
import { UNKNOWN_LABEL } from './digit-canvas.ts';
import type { Edit } from './edit-recorder.ts';
import type { Run } from './run.ts';
import { ArchivedStates } from './state-archive.ts';
import type { Timeline } from './timeline.ts';

export class CanvasEdits {
  readonly #run: Run;
  readonly #timeline: Timeline;
  #follower: CanvasEdits | null = null;

  constructor(run: Run, timeline: Timeline) {
    this.#run = run;
    this.#timeline = timeline;
  }

  /**
   * Lets another simulation of the same layout take over the ink, and every change of it from now on;
   * null ends that. It takes over the labels as well if its classes have the same names.
   */
  set follower(follower: CanvasEdits | null) {
    this.#follower = follower;
    if (follower) follower.#takeInk(this.#run);
  }

  /**
   * Puts images into the tiles in reading order, each centred; their state is cleared.
   * @param images n · 784 ink bytes
   * @param labels n classes; without them the labels are not known
   * @throws SimulationError if they do not fit; nothing is changed then
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>): void {
    const { canvas } = this.#run;
    const count = canvas.checkDigits(images, labels);
    for (let index = 0; index < count; index += 1) this.apply(placeDigit(canvas.layout, index, images, labels));
  }

  /**
   * Changes the canvas, and that of a second model on the same strokes. The change is repeated whenever the past is
   * gone through.
   * @throws SimulationError if there is no such tile or class; nothing is changed then
   */
  apply(operation: CanvasOperation): void {
    this.#change(operation);
    const follower = this.#follower;
    // A digit whose state has run away here has not done so there.
    if (follower && operation.kind !== 'wipe') {
      follower.#change(hasSameClasses(this.#model, follower.#model) ? operation : withoutLabel(operation));
    }
    this.#run.observer?.changed(operation);
  }

  /** Records everything that is changed by hand from now on as one edit, which {@link revert} takes back. */
  begin(): void {
    this.#start();
    this.#run.observer?.changed({ kind: 'begin' });
  }

  /** What was changed since {@link begin}; null if that was nothing. */
  end(): Edit<ArchivedStates> | null {
    const edit = this.#finish();
    this.#run.observer?.changed({ kind: 'end', edit });
    return edit;
  }

  /**
   * Takes an edit back: all cells that it touched have the ink and the state of
   * just before it. Cells keep their present state only where there was too little memory for states, or where the
   * model or the GPU's context has changed since.
   * @returns the edit that makes this undone, or null if nothing was changed
   */
  revert(edit: Edit<ArchivedStates>): Edit<ArchivedStates> | null {
    const run = this.#run;
    this.#timeline.goOn();
    run.applyEdits();
    this.#start();
    run.canvas.putBack(edit);
    const inverse = this.#finish();
    run.applyEdits();
    run.machine.putStatesBack(edit, run.table);
    this.#timeline.bar();
    run.version += 1;
    if (this.#follower) this.#follower.#takeInk(run);
    run.observer?.changed({ kind: 'revert', edit, inverse });
    return inverse;
  }

  /** Frees what an edit holds on the GPU, when it is not going to be taken back. */
  forget(edit: Edit<ArchivedStates>): void {
    this.#run.machine.archive.release(edit.states);
    this.#run.observer?.changed({ kind: 'forget', edit });
  }

  get #model(): Model {
    return this.#run.machine.model;
  }

  #change(operation: CanvasOperation): void {
    this.#timeline.goOn();
    this.#run.canvas.apply(operation);
    this.#timeline.record(operation);
    this.#run.version += 1;
  }

  #start(): void {
    this.#run.canvas.beginEdit(this.#run.step, new ArchivedStates());
  }

  #finish(): Edit<ArchivedStates> | null {
    this.#run.canvas.keepStates(this.#run.machine.archive);
    return this.#run.canvas.endEdit();
  }

  #takeInk({ canvas: from, machine }: Run): void {
    const run = this.#run;
    this.#timeline.goOn();
    run.canvas.copyInk(from);
    if (!hasSameClasses(this.#model, machine.model)) run.canvas.labels.fill(UNKNOWN_LABEL);
    run.applyEdits();
    this.#timeline.bar();
    run.version += 1;
  }
}

function hasSameClasses(one: Model, other: Model): boolean {
  const [classes, others] = [one.specification.classes, other.specification.classes];
  return classes.length === others.length && classes.every(({ name }, label) => name === others[label].name);
}
