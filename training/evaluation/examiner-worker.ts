/** A worker thread that evaluates groups of digits on a backend of its own. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { startBackend, type BackendName } from '../backend/backend.ts';
import { answerRequests, threadData } from '../loop/answer.ts';
import { Examiner, type Findings, type Group, type Trial } from './examine.ts';
import type { Tally } from './tally.ts';

/** What such a thread is started with. */
export interface ExaminerData {
  readonly specification: ModelSpecification;
  readonly weights: Float32Array;
  readonly seed: number;
  readonly backend: BackendName;
}

/** One of both. */
export interface ExaminerRequest {
  readonly group?: Group;
  readonly trial?: Trial;
}

/** The one that was asked for. */
export interface ExaminerAnswer {
  readonly findings?: Findings;
  readonly tally?: Tally;
}

const { specification, weights, seed, backend } = threadData<ExaminerData>();
const examiner = startBackend(backend).then(({ kernels }) => new Examiner(specification, weights, kernels, seed));

answerRequests<ExaminerRequest, ExaminerAnswer>(async ({ group, trial }) => {
  const ready = await examiner;
  return { findings: group && ready.examine(group), tally: trial && ready.settle(trial) };
});
