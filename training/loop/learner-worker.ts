/** A worker thread that learns shares of batches on a backend of its own. */
import { startBackend, type BackendName } from '../backend/backend.ts';
import { answerRequests, threadData } from './answer.ts';
import { Learner, type LearnerSettings, type Share, type ShareResult } from '../../engine/learning/loop/learner.ts';

const { settings, backend } = threadData<{ settings: LearnerSettings; backend: BackendName }>();
const learner = startBackend(backend).then(({ automaton }) => new Learner(settings, automaton));

answerRequests<Share, ShareResult>(async (share) => (await learner).learn(share));
