/**
 * What a member has sent and the server has not acknowledged yet. Everything has a number, counted from 1. After a new
 * connection it is sent again, before anything new; the server takes no number twice and none below the last one. So
 * nothing is lost, doubled or reordered.
 */
export class Outbox<Message> {
  #waiting: { readonly seq: number; readonly message: Message }[] = [];
  #next = 1;

  /** Adds a message, and returns its number. */
  add(message: Message): number {
    const seq = this.#next;
    this.#next += 1;
    this.#waiting.push({ seq, message });
    return seq;
  }

  /** The server has everything up to this number. */
  taken(seq: number): void {
    this.#waiting = this.#waiting.filter((each) => each.seq > seq);
    // A page that was loaded again goes on where it was.
    this.#next = Math.max(this.#next, seq + 1);
  }

  /** The server has refused this one, and will not take it later. */
  refused(seq: number): void {
    this.#waiting = this.#waiting.filter((each) => each.seq !== seq);
  }

  /** What has to be sent again, in order. */
  get waiting(): readonly { readonly seq: number; readonly message: Message }[] {
    return this.#waiting;
  }
}
