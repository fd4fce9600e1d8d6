/** The texts of teaching, in one language. */
import type { SignFault } from '../../../../learning/teach/sign-issue.ts';

export interface TeachTexts {
  readonly title: string;
  readonly help: string;
  readonly name: string;
  readonly namePlaceholder: string;
  readonly color: string;
  readonly colorNumber: (number: number) => string;
  readonly tiles: string;
  readonly tile: (number: number, all: number, strokes: number) => string;
  /** How to draw with keys. */
  readonly keys: string;
  readonly undo: string;
  readonly redo: string;
  readonly clear: string;
  readonly clearAll: string;
  readonly another: string;
  readonly learn: string;
  readonly close: string;
  readonly drawn: (count: number, all: number) => string;
  readonly restored: string;
  /** What is wrong with the sign, as a sentence. `tiles` are numbers of tiles, from 1. */
  readonly issue: (fault: SignFault, tiles: readonly number[]) => string;
  /** Offers to teach further drawings of a class that the cells take the sign for. */
  readonly sameAs: (name: string) => string;
  readonly learning: (name: string) => string;
  readonly secondsLeft: (seconds: number) => string;
  readonly loss: (value: string) => string;
  readonly ofSign: (name: string, share: string) => string;
  readonly ofDigits: (share: string) => string;
  readonly chart: (name: string) => string;
  readonly stop: string;
  readonly taught: (name: string, seconds: number) => string;
  readonly confused: (name: string, other: string, share: string) => string;
  readonly keep: string;
  readonly more: string;
  readonly takeBack: string;
  readonly save: string;
  readonly kept: (name: string) => string;
  readonly takenBack: (name: string) => string;
  readonly failed: (reason: string) => string;
  /** A hint while learning. */
  readonly lowBattery: string;
  readonly outOfMemory: string;
}
