/** An error whose message is one sentence for the user, who needs no stack to understand it. */
export class UserFacingError extends Error {
  override name = 'UserFacingError';
}
