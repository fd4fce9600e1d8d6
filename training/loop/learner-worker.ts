/** A worker thread that learns shares of batches on a backend of its own. */
import { workerData } from 'node:worker_threads';
import { startBackend, type BackendName } from '../backend/backend.ts';
import { answerRequests } from './answer.ts';
import { Learner, type LearnerSettings, type Share, type ShareResult } from './learner.ts';

const { settings, backend } = workerData as { settings: LearnerSettings; backend: BackendName };
const learner = startBackend(backend).then((started) => new Learner(settings, started));

answerRequests<Share, ShareResult>(async (share) => (await learner).learn(share));
