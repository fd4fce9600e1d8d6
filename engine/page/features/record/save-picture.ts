/** Saves the whole canvas as a PNG, in its current colours. */
import { makePalette } from '../../../view/palettes.ts';
import type { Page } from '../../shell/feature.ts';
import { download } from '../../shell/download.ts';
import { fileName } from './file-name.ts';
import { TEXTS } from './texts.ts';
import { PicturePainter, wholeScale } from './picture-painter.ts';

/** The maximum length of the longer side and of a cell's side, in pixels. */
const MOST_PIXELS = 4096;
const MOST_PIXELS_A_CELL = 8;

export async function savePicture({ playground, language, notices }: Page): Promise<void> {
  const { simulation, settings } = playground;
  const { specification } = simulation.model;
  const palette = makePalette(settings.values.palette, specification.classes, settings.values.hueShift);
  const { step } = simulation.time;
  const cells = await playground.picture.read();
  const size = wholeScale(cells.width, cells.height, MOST_PIXELS, MOST_PIXELS_A_CELL);
  const painter = new PicturePainter(size, cells, palette.background);
  painter.paint(cells, settings.values.grid ? palette.grid : null);
  download(await pngOf(painter.canvas), fileName(specification.name, step, 'png'));
  notices.show(TEXTS[language].pictureSaved(size.width, size.height));
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (png) => (png ? resolve(png) : reject(new Error('This browser cannot create the picture.'))),
      'image/png',
    );
  });
}
