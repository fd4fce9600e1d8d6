/**
 * Changes that the user makes to a running canvas. Each change is passed on to the follower and to the observer, and a
 * group of changes forms an edit that can be undone.
 */
import type { Model } from '../common/model/weights.ts';
import { type CanvasOperation, placeDigit, relabelled } from './canvas-operation.ts';
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
   * Lets another simulation of the same layout copy the ink, and every later change to it. Set to null to end that. The
   * labels are copied as well if both models' classes have the same names.
   */
  set follower(follower: CanvasEdits | null) {
    this.#follower = follower;
    if (follower) follower.#takeInk(this.#run);
  }

  /**
   * Puts images into the tiles in reading order, each one centred, and clears the state of those tiles.
   *
   * @param images n · 784 ink bytes
   * @param labels n classes; if omitted, the labels are unknown
   * @throws SimulationError if they do not fit; nothing is changed in that case
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>): void {
    const { canvas } = this.#run;
    const count = canvas.checkDigits(images, labels);
    for (let index = 0; index < count; index += 1) this.apply(placeDigit(canvas.layout, index, images, labels));
  }

  /**
   * Changes the canvas, and that of a second model that follows the same strokes. The change is repeated whenever the
   * past is replayed through it.
   *
   * @throws SimulationError if there is no such tile or class; nothing is changed in that case
   */
  apply(operation: CanvasOperation): void {
    this.#change(operation);
    const follower = this.#follower;
    // A digit whose state has run away here has not necessarily run away there.
    if (follower && operation.kind !== 'wipe') {
      follower.#change(relabelled(operation, this.#model.specification, follower.#model.specification));
    }
    this.#run.observer?.changed(operation);
  }

  /** Records all changes from now on as one edit, which {@link revert} can undo. */
  begin(): void {
    this.#start();
    this.#run.observer?.changed({ kind: 'begin' });
  }

  /** Ends the edit. Returns what has changed since {@link begin}, or null if nothing has. */
  end(): Edit<ArchivedStates> | null {
    const edit = this.#finish();
    this.#run.observer?.changed({ kind: 'end', edit });
    return edit;
  }

  /**
   * Undoes an edit: all cells that it touched get back the ink and the state that they had just before it. Cells keep
   * their present state only if there was too little memory for states, or if the model or the GPU's context has
   * changed since.
   *
   * @returns the edit that undoes this, or null if nothing was changed
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

  /** Frees the GPU memory of an edit that is not going to be reverted. */
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

  #takeInk({ canvas: from }: Run): void {
    const run = this.#run;
    this.#timeline.goOn();
    run.canvas.copyInk(from);
    run.applyEdits();
    this.#timeline.bar();
    run.version += 1;
  }
}
