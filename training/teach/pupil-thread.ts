/** A worker thread that computes parts of a course on a backend of its own. */
import type { Pupil, PupilSettings } from '../../engine/learning/teach/pupil.ts';
import { answerPupil, type PupilRequest, type PupilResult } from '../../engine/learning/teach/pupil-messages.ts';
import { answerRequests, threadData } from '../loop/answer.ts';
import { startPupil, type TeachBackend } from './start-pupil.ts';

const { settings, backend } = threadData<{ settings: PupilSettings; backend: TeachBackend }>();
const pupil: Promise<Pupil> = startPupil(settings, backend);

answerRequests<PupilRequest, PupilResult>(async (request) => answerPupil(await pupil, request));
