/**
 * Counts the calls in progress that rely on things staying as they are. While there are any, the page changes nothing
 * automatically.
 */
export class Holds {
  #count = 0;

  get isFree(): boolean {
    return this.#count === 0;
  }

  /** Holds until the returned function is called. */
  take(): () => void {
    let isHeld = true;
    this.#count += 1;
    return () => {
      if (isHeld) this.#count -= 1;
      isHeld = false;
    };
  }
}
