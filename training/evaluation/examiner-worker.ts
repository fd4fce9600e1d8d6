/** A worker thread that evaluates groups of digits on a backend of its own. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { startBackend, type BackendName } from '../backend/backend.ts';
import { answerRequests, threadData } from '../loop/answer.ts';
import { Examiner, type Findings, type Group, type Succession, type Successions, type Trial } from './examine.ts';
import type { Verdict } from '../../engine/learning/rollout/tally.ts';

/** What such a thread is started with. */
export interface ExaminerData {
  readonly specification: ModelSpecification;
  readonly weights: Float32Array;
  readonly backend: BackendName;
}

/** One of them. */
export interface ExaminerRequest {
  readonly group?: Group;
  readonly trial?: Trial;
  readonly succession?: Successions;
}

/** The one that was asked for. */
export interface ExaminerAnswer {
  readonly findings?: Findings;
  readonly verdicts?: Verdict[][];
  readonly successions?: Succession[];
}

const { specification, weights, backend } = threadData<ExaminerData>();
const examiner = startBackend(backend).then(({ automaton }) => new Examiner(specification, weights, automaton));

answerRequests<ExaminerRequest, ExaminerAnswer>(async ({ group, trial, succession }) => {
  const ready = await examiner;
  return {
    findings: group && (await ready.examine(group)),
    verdicts: trial && (await ready.settle(trial)),
    successions: succession && (await ready.succeed(succession)),
  };
});
