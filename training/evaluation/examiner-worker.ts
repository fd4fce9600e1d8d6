/** A worker thread that evaluates groups of digits on a backend of its own. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { startBackend, type BackendName } from '../backend/backend.ts';
import { answerRequests, threadData } from '../loop/answer.ts';
import { Examiner, type Findings, type Group } from './examine.ts';

/** What such a thread is started with. */
export interface ExaminerData {
  readonly specification: ModelSpecification;
  readonly weights: Float32Array;
  readonly seed: number;
  readonly backend: BackendName;
}

const { specification, weights, seed, backend } = threadData<ExaminerData>();
const examiner = startBackend(backend).then(({ kernels }) => new Examiner(specification, weights, kernels, seed));

answerRequests<Group, Findings>(async (group) => (await examiner).examine(group));
