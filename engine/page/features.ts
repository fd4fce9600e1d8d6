/**
 * Every feature of the page. They are listed in the order of their menu items. A file goes to the first feature that
 * recognizes it.
 */
import { adapt } from './features/adapt/adaptation.ts';
import { camera } from './features/camera/camera.ts';
import { compare } from './features/compare/compare.ts';
import { digitFiles } from './features/digit-files/digit-files.ts';
import { figures } from './features/figures/figures.ts';
import { inspect } from './features/inspect/inspector.ts';
import { legend } from './features/legend/legend.ts';
import { lessons } from './features/lessons/lesson-switch.ts';
import { modelFiles } from './features/models/model-files.ts';
import { paint } from './features/paint/paint.ts';
import { panel } from './features/panel/panel-switch.ts';
import { picture } from './features/picture/picture.ts';
import { record } from './features/record/recording.ts';
import { replay } from './features/replay/replay-files.ts';
import { links } from './features/scenes/links.ts';
import { scenes } from './features/scenes/scenes.ts';
import { announce } from './features/status/announcer.ts';
import { status } from './features/status/status.ts';
import { teach } from './features/teach/teach.ts';
import { time } from './features/time/time.ts';
import { write } from './features/write/write.ts';
import type { Feature } from './shell/feature.ts';

export const FEATURES: readonly Feature[] = [
  announce,
  adapt,
  panel,
  time,
  paint,
  camera,
  write,
  picture,
  legend,
  status,
  inspect,
  figures,
  compare,
  lessons,
  teach,
  record,
  scenes,
  links,
  replay,
  modelFiles,
  digitFiles,
];
