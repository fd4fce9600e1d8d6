/** Messages between the page and the workers of a teacher. */
import type { Model } from '../../common/model/weights.ts';
import type { SignIssue } from './sign-issue.ts';
import type { Measurement, TeachProgress, TeachRequest, TeachResult } from './teacher.ts';
import type { PupilSettings } from './pupil.ts';

/** To a worker. One worker runs the course; the others help it through a port each. The pace is that of all of them. */
export type ToWorker =
  | { readonly kind: 'teach'; readonly request: TeachRequest; readonly helpers: readonly MessagePort[] }
  | { readonly kind: 'help'; readonly port: MessagePort }
  | { readonly kind: 'stop' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'rest'; readonly share: number };

/** From the worker that runs the course. */
export type FromWorker =
  | { readonly kind: 'issue'; readonly issue: SignIssue }
  | { readonly kind: 'progress'; readonly progress: TeachProgress }
  | { readonly kind: 'model'; readonly model: Model; readonly step: number }
  | { readonly kind: 'measured'; readonly measurement: Measurement; readonly step: number }
  | { readonly kind: 'done'; readonly result: TeachResult }
  | { readonly kind: 'failed'; readonly message: string; readonly issue: SignIssue | null };

/** The first message at a helper's port. */
export interface HelperStart {
  readonly settings: PupilSettings;
}
