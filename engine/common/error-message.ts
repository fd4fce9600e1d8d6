/** The message of anything that was thrown: the message of an error, or else the thrown value as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
}
