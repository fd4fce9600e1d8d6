/** The error of signs that cannot be taught. */
import type { SignIssue } from './sign-issue.ts';

/** Signs that cannot be taught. */
export class TeachError extends Error {
  override name = 'TeachError';
  readonly issue: SignIssue;

  constructor(issue: SignIssue) {
    super(`These signs cannot be taught: ${issue.kind}.`);
    this.issue = issue;
  }
}
