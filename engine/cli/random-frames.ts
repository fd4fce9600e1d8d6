/** Runs in a page before its scripts. Frames then come after 0 to 120 milliseconds, determined by the seed. */
export function hurryAndDawdle(seed: number): void {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  window.requestAnimationFrame = (callback) =>
    window.setTimeout(() => callback(performance.now()), Math.floor(120 * random() ** 3));
  window.cancelAnimationFrame = (handle) => window.clearTimeout(handle);
}
