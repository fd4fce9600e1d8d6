/** The message of whatever was thrown: what an error says, else the thing itself as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
}
