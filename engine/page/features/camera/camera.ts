/** Zooms and moves the view with buttons and keys. */
import type { Feature } from '../../shell/feature.ts';
import { onPress, ZOOM_PRESS } from '../../shell/toolbar.ts';

/** How far an arrow key moves the view, as a share of its size. */
const PAN_PRESS = 0.12;

export const camera: Feature = {
  scope: 'controls',
  connect(page) {
    const { camera } = page.playground;
    const middle = () => ({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
    const zoom = (factor: number) => () => camera.zoom(factor, middle());
    const pan = (x: number, y: number) => () =>
      camera.pan(-x * PAN_PRESS * camera.stage.width, -y * PAN_PRESS * camera.stage.height);
    const fit = (): void => camera.fit();

    onPress(page, 'zoom-in', zoom(ZOOM_PRESS));
    onPress(page, 'zoom-out', zoom(1 / ZOOM_PRESS));
    onPress(page, 'fit', fit);
    return {
      keys: {
        f: fit,
        Home: fit,
        '+': zoom(ZOOM_PRESS),
        '=': zoom(ZOOM_PRESS),
        '-': zoom(1 / ZOOM_PRESS),
        ArrowLeft: pan(-1, 0),
        ArrowRight: pan(1, 0),
        ArrowUp: pan(0, -1),
        ArrowDown: pan(0, 1),
      },
    };
  },
};
