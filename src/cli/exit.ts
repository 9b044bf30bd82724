/** Exit codes of the command line. */
export const exitCode = { done: 0, failed: 1, badInput: 2, disagreement: 3 } as const;

/** Bad input or usage: every problem on a line of its own. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
