/** Thrown out of a long computation that is not wanted any more; the message is the reason. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

let whyStop: () => string | undefined = () => undefined;

/**
 * Long computations have no pause in which a message could reach them, so they ask this instead: `reason` is called at every
 * factorization and every solution of a system, and stops what is being computed where it gives one. For a thread that does nothing else.
 */
export function interruptWhere(reason: () => string | undefined): void {
  whyStop = reason;
}

/** Called from inside long computations. */
export function throwIfInterrupted(): void {
  const reason = whyStop();
  if (reason !== undefined) throw new Interrupted(reason);
}
