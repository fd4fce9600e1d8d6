/** Keeps the canvas' pixels in step with the stage's size and the screen's density. */
import type { Playground } from './playground.ts';

/**
 * The maximum number of device pixels along a side of the canvas. Beyond it, the picture is scaled up rather than
 * refused.
 */
const MOST_PIXELS = 8192;

/** Sets the picture's size to the stage's present size. */
export function fitStage(stage: HTMLElement, playground: Playground): void {
  const width = stage.clientWidth;
  const height = stage.clientHeight;
  if (width === 0 || height === 0) return;
  const density = Math.min(window.devicePixelRatio || 1, MOST_PIXELS / Math.max(width, height));
  playground.picture.resize({ width, height }, density);
  if (stage.clientWidth === width && stage.clientHeight === height) return;
  // A canvas whose size is not styled takes the size of its pixels, and would grow without end.
  stage.style.setProperty('width', `${width}px`);
  stage.style.setProperty('height', `${height}px`);
}

/** Does the same whenever the size changes. Call the returned function to stop it. */
export function keepSize(stage: HTMLElement, playground: Playground): () => void {
  const apply = (): void => fitStage(stage, playground);
  const observer = new ResizeObserver(apply);
  observer.observe(stage);
  const stopWatching = watchDensity(apply);
  apply();
  return () => {
    observer.disconnect();
    stopWatching();
  };
}

/** Calls back when the window moves to a screen of another density, or the browser's zoom changes. */
function watchDensity(changed: () => void): () => void {
  const stopped = new AbortController();
  const listen = (): void => {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener(
      'change',
      () => {
        changed();
        listen();
      },
      { once: true, signal: stopped.signal },
    );
  };
  listen();
  return () => stopped.abort();
}
