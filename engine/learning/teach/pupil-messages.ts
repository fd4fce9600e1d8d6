/** What is asked of a pupil in another thread, and what it answers. */
import { messageOf } from '../../common/error-message.ts';
import type { Verdict } from '../rollout/tally.ts';
import type { Look, Part, PartResult } from './pupil.ts';
import type { Member } from './team.ts';

export type PupilRequest =
  | { readonly kind: 'learn'; readonly parts: readonly Part[] }
  | { readonly kind: 'look'; readonly looks: readonly Look[] };
export type PupilResult = PartResult[] | Verdict[][];

/** Does what was asked. */
export function answerPupil(pupil: Member, request: PupilRequest): Promise<PupilResult> {
  return request.kind === 'learn' ? pupil.learn(request.parts) : pupil.look(request.looks);
}

/** A member of a team that answers one request with one result. */
export function memberWho(ask: (request: PupilRequest) => Promise<PupilResult>): Member {
  return {
    learn: (parts) => ask({ kind: 'learn', parts }) as Promise<PartResult[]>,
    look: (looks) => ask({ kind: 'look', looks }) as Promise<Verdict[][]>,
  };
}

type PupilAnswer = { readonly result: PupilResult } | { readonly fault: string };

/** Lets a pupil answer what arrives at a port. */
export function servePort(port: MessagePort, pupil: Promise<Member>): void {
  port.onmessage = async ({ data }: MessageEvent<PupilRequest>) => {
    let answer: PupilAnswer;
    try {
      answer = { result: await answerPupil(await pupil, data) };
    } catch (fault) {
      answer = { fault: messageOf(fault) };
    }
    port.postMessage(answer);
  };
}

/** A member of a team behind a port, which is asked one thing at a time. */
export function memberBehind(port: MessagePort): Member {
  return memberWho(
    (request) =>
      new Promise((resolve, reject) => {
        port.onmessage = ({ data }: MessageEvent<PupilAnswer>) => {
          if ('result' in data) resolve(data.result);
          else reject(new Error(data.fault));
        };
        port.postMessage(request);
      }),
  );
}
