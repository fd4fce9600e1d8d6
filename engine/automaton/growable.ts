/** A list of 32-bit words that keeps its memory when it is cleared. */
export class GrowableUint32 {
  values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  clear(): void {
    this.length = 0;
  }

  /** Returns a copy of the words. */
  toArray(): Uint32Array {
    return this.values.slice(0, this.length);
  }
}
