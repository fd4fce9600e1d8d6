/** A team of this thread and worker threads. */
import type { MatrixProduct } from '../../engine/learning/loop/eigenbasis.ts';
import type { Verdict } from '../../engine/learning/rollout/tally.ts';
import { memberWho, type PupilRequest, type PupilResult } from '../../engine/learning/teach/pupil-messages.ts';
import { Pupil, type Look, type Part, type PartResult, type PupilSettings } from '../../engine/learning/teach/pupil.ts';
import { teamOf, type Team } from '../../engine/learning/teach/team.ts';
import { startBackend, type Backend } from '../backend/backend.ts';
import { Thread } from '../loop/threads.ts';
import type { TeachBackend } from './start-pupil.ts';

/** Threads that share the work of a course. */
export class ThreadTeam implements Team {
  readonly #team: Team;
  readonly #own: Pupil;
  readonly #threads: Thread<PupilRequest, PupilResult>[];

  private constructor(
    { name, product }: Pick<Backend, 'name' | 'product'>,
    own: Pupil,
    threads: Thread<PupilRequest, PupilResult>[],
  ) {
    this.#own = own;
    this.#threads = threads;
    const members = [...threads.map((thread) => memberWho((request) => thread.ask(request))), own];
    this.#team = teamOf(name, members, product);
  }

  /** @throws BackendError if the backend does not load */
  static async start(settings: PupilSettings, backend: TeachBackend, workers: number): Promise<ThreadTeam> {
    const started = await startBackend(backend);
    const own = new Pupil(settings, started.automaton);
    const module = new URL('./pupil-thread.ts', import.meta.url);
    const data = { settings, backend };
    return new ThreadTeam(
      started,
      own,
      Array.from({ length: workers - 1 }, () => new Thread<PupilRequest, PupilResult>(module, data)),
    );
  }

  get backend(): string {
    return this.#team.backend;
  }

  get product(): MatrixProduct | undefined {
    return this.#team.product;
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
