/** Keeps the canvas' pixels in step with the stage's size and the screen's density. */
import type { Playground } from './playground.ts';

/** Device pixels along a side of the canvas at most; beyond it the picture is scaled up rather than refused. */
const MOST_PIXELS = 8192;

/** Gives the picture the stage's size at this moment. */
export function fitStage(stage: HTMLElement, playground: Playground): void {
  const width = stage.clientWidth;
  const height = stage.clientHeight;
  if (width === 0 || height === 0) return;
  const density = Math.min(window.devicePixelRatio || 1, MOST_PIXELS / Math.max(width, height));
  playground.picture.resize({ width, height }, density);
  if (stage.clientWidth === width && stage.clientHeight === height) return;
  // A canvas that no style gives a size takes that of its pixels, and would grow without end.
  stage.style.setProperty('width', `${width}px`);
  stage.style.setProperty('height', `${height}px`);
}

/** Does so whenever it changes. The function returned stops it. */
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
