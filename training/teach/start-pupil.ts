/** Starts a backend for teaching in this thread. */
import { Pupil, type PupilSettings } from '../../engine/learning/teach/pupil.ts';
import { startBackend } from '../backend/backend.ts';

/** Backends that can teach. */
export const TEACH_BACKENDS = ['wasm', 'webgpu', 'cpu', 'tensorflow', 'tensorflow-gpu'] as const;
export type TeachBackend = (typeof TEACH_BACKENDS)[number];

/** @throws BackendError if the backend does not load */
export async function startPupil(settings: PupilSettings, name: TeachBackend): Promise<Pupil> {
  const { automaton } = await startBackend(name);
  return new Pupil(settings, automaton);
}
