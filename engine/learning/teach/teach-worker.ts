/** A worker that runs a course, or helps with one. */
import { messageOf } from '../../common/error-message.ts';
import { WORKER_READY } from '../../core/open-worker.ts';
import { startBrowserWasm } from '../network/browser-wasm.ts';
import { TeachError } from './teach-error.ts';
import { openBrowserGpu } from '../webgpu/browser-gpu.ts';
import { GpuAutomaton } from '../webgpu/gpu-automaton.ts';
import { GpuError, type Gpu } from '../webgpu/gpu.ts';
import { Pace } from './pace.ts';
import { Pupil, type PupilSettings } from './pupil.ts';
import { memberBehind, servePort } from './pupil-messages.ts';
import { runCourse } from './run-course.ts';
import { teamOf, TeamWithStandIn, type Team } from './team.ts';
import type { TeachBackendChoice, TeachListener, TeachRequest } from './teacher.ts';
import type { FromWorker, HelperStart, ToWorker } from './worker-messages.ts';

const pace = new Pace();
let isStopped = false;

function send(message: FromWorker): void {
  postMessage(message);
}

async function startPupil(settings: PupilSettings): Promise<Pupil> {
  return new Pupil(settings, (await startBrowserWasm()).automaton, pace);
}

async function startWasmTeam(settings: PupilSettings, helpers: readonly MessagePort[]): Promise<Team> {
  for (const port of helpers) port.postMessage({ settings } satisfies HelperStart);
  const { automaton, product } = await startBrowserWasm();
  return teamOf('wasm', [...helpers.map(memberBehind), new Pupil(settings, automaton, pace)], product);
}

/** The GPU to compute on, or null if it is not for this choice. */
async function openGpu(choice: TeachBackendChoice): Promise<Gpu | null> {
  if (choice === 'wasm') return null;
  try {
    return await openBrowserGpu({ software: choice === 'webgpu' });
  } catch (fault) {
    if (choice === 'webgpu') throw fault;
    return null;
  }
}

/** The threads, or a GPU for which the threads stand in if it fails. */
async function startTeam(
  settings: PupilSettings,
  helpers: readonly MessagePort[],
  choice: TeachBackendChoice,
): Promise<Team> {
  const gpu = await openGpu(choice);
  const startThreads = (): Promise<Team> => startWasmTeam(settings, helpers);
  if (!gpu) return startThreads();
  try {
    const pupil = new Pupil(settings, (specification) => new GpuAutomaton(gpu, specification), pace);
    return new TeamWithStandIn(teamOf('webgpu', [pupil]), (fault) => fault instanceof GpuError, startThreads);
  } catch (fault) {
    // The model may have layers that are too wide for this GPU.
    if (choice === 'webgpu' || !(fault instanceof GpuError)) throw fault;
    return startThreads();
  }
}

async function teach(request: TeachRequest, helpers: readonly MessagePort[]): Promise<void> {
  const listener: TeachListener = {
    issue: (issue) => send({ kind: 'issue', issue }),
    progress: (progress) => send({ kind: 'progress', progress }),
    model: (model, step) => send({ kind: 'model', model, step }),
    measured: (measurement, step) => send({ kind: 'measured', measurement, step }),
  };
  try {
    const result = await runCourse(
      request,
      {
        startTeam: (settings) => startTeam(settings, helpers, request.backend ?? 'auto'),
        clock: () => pace.workSeconds,
        shouldStop: () => isStopped,
        breathe: () => pace.breathe(),
      },
      listener,
    );
    send({ kind: 'done', result });
  } catch (fault) {
    send({ kind: 'failed', message: messageOf(fault), issue: fault instanceof TeachError ? fault.issue : null });
  }
}

function help(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<HelperStart>) => servePort(port, startPupil(data.settings));
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'teach':
      void teach(data.request, data.helpers);
      break;
    case 'help':
      help(data.port);
      break;
    case 'stop':
      isStopped = true;
      pace.rest(0);
      pace.resume();
      break;
    case 'pause':
      pace.pause();
      break;
    case 'resume':
      pace.resume();
      break;
    case 'rest':
      pace.rest(data.share);
  }
});

postMessage(WORKER_READY);
