/** A team of this thread and worker threads. */
import type { Verdict } from '../../engine/learning/rollout/tally.ts';
import { memberWho, type PupilRequest, type PupilResult } from '../../engine/learning/teach/pupil-messages.ts';
import type { Look, Part, PartResult, Pupil, PupilSettings } from '../../engine/learning/teach/pupil.ts';
import { teamOf, type Team } from '../../engine/learning/teach/team.ts';
import { Thread } from '../loop/threads.ts';
import { startPupil, type TeachBackend } from './start-pupil.ts';

/** Threads that share the work of a course. */
export class ThreadTeam implements Team {
  readonly #team: Team;
  readonly #own: Pupil;
  readonly #threads: Thread<PupilRequest, PupilResult>[];

  private constructor(backend: TeachBackend, own: Pupil, threads: Thread<PupilRequest, PupilResult>[]) {
    this.#own = own;
    this.#threads = threads;
    this.#team = teamOf(backend, [...threads.map((thread) => memberWho((request) => thread.ask(request))), own]);
  }

  /** @throws BackendError if the backend does not load */
  static async start(settings: PupilSettings, backend: TeachBackend, workers: number): Promise<ThreadTeam> {
    const own = await startPupil(settings, backend);
    const module = new URL('./pupil-thread.ts', import.meta.url);
    const data = { settings, backend };
    return new ThreadTeam(
      backend,
      own,
      Array.from({ length: workers - 1 }, () => new Thread<PupilRequest, PupilResult>(module, data)),
    );
  }

  get backend(): string {
    return this.#team.backend;
  }

  learn(parts: readonly Part[]): Promise<PartResult[]> {
    return this.#team.learn(parts);
  }

  look(looks: readonly Look[]): Promise<Verdict[][]> {
    return this.#team.look(looks);
  }

  async close(): Promise<void> {
    this.#own.dispose();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
