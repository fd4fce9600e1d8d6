/** Starts a backend for teaching in this thread. */
import { Pupil, type PupilSettings } from '../../engine/learning/teach/pupil.ts';
import { startBackend, type Backend } from '../backend/backend.ts';
import { BackendError } from '../backend/backend-error.ts';

/** Backends that can teach. */
export const TEACH_BACKENDS = ['wasm', 'tensorflow', 'tensorflow-gpu'] as const;
export type TeachBackend = (typeof TEACH_BACKENDS)[number];

/** @throws BackendError if the backend does not load */
export async function startPupil(settings: PupilSettings, name: TeachBackend): Promise<Pupil> {
  const { kernels }: Backend = await startBackend(name);
  if (!kernels) throw new BackendError(`The backend "${name}" cannot teach.`);
  return new Pupil(settings, kernels);
}
