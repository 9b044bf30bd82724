/** Thrown from inside a long computation to cancel it; the message is the reason. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

let whyStop: () => string | undefined = () => undefined;

/**
 * No message reaches a long computation while it runs, so the computation asks: it calls `reason` at every
 * factorization, every solution of a system and every ray to a rim, and stops if it gets a reason. For a
 * thread that does nothing else.
 */
export function interruptWhere(reason: () => string | undefined): void {
  whyStop = reason;
}

/** Whether the computation has been cancelled, however far it has come. */
export const isStopWanted = (): boolean => whyStop() !== undefined;

/** Seconds that computations may take together. */
export interface Budget {
  readonly seconds: number;
  spent: number;
}

let present: (Moment & { readonly budget: Budget; asked: number }) | undefined;

/** Least milliseconds between two readings of the processor time, which take long. */
const betweenQuestions = 5;

const processorSeconds = (): number => {
  const used = (
    globalThis as { process?: { cpuUsage?: () => { user: number; system: number } } }
  ).process?.cpuUsage?.();
  return used ? (used.user + used.system) / 1e6 : Number.POSITIVE_INFINITY;
};

/** A reading of the clock, ms, and of the processor time of this process, s. */
export interface Moment {
  readonly wall: number;
  readonly processor: number;
}

/** Such a reading now. */
export const moment = (): Moment => ({ wall: performance.now(), processor: processorSeconds() });

/**
 * Seconds since a moment: by the clock, or by processor time if that is less, so that a busy machine costs
 * nothing. `threads` is the number of threads that worked together; 0 where a device worked, whose time the
 * clock alone has.
 */
export function secondsSince({ wall, processor }: Moment, threads = 1): number {
  const byClock = (performance.now() - wall) / 1000;
  if (threads === 0) return byClock;
  const byProcessor = (processorSeconds() - processor) / threads;
  return Number.isNaN(byProcessor) ? byClock : Math.min(byClock, byProcessor);
}

/**
 * Computes within a budget; if it runs out, `Interrupted` is thrown from inside. The outer of two nested
 * budgets counts.
 */
export function spending<T>(budget: Budget, compute: () => T): T {
  if (present) return compute();
  const opened = { ...moment(), budget, asked: 0 };
  present = opened;
  try {
    throwIfInterrupted();
    return compute();
  } finally {
    present = undefined;
    budget.spent += secondsSince(opened);
  }
}

/** Seconds that a budget has left, the computation that runs now included. */
export const secondsLeft = (budget: Budget): number =>
  budget.seconds - budget.spent - (present?.budget === budget ? secondsSince(present) : 0);

/** Whether the computation has been cancelled, or its budget or the present one is used up: what is asked next is refused. */
export const isOver = (budget: Budget): boolean =>
  isStopWanted() || secondsLeft(budget) < 0 || (present !== undefined && secondsLeft(present.budget) < 0);

/** Called from inside long computations. */
export function throwIfInterrupted(): void {
  const reason = whyStop();
  if (reason !== undefined) throw new Interrupted(reason);
  if (!present) return;
  const { budget, wall } = present;
  // processor time is read only if the clock has passed the limit, and not at every call
  const now = performance.now();
  if (budget.spent + (now - wall) / 1000 <= budget.seconds || now < present.asked + betweenQuestions) return;
  present.asked = now;
  if (budget.spent + secondsSince(present) > budget.seconds)
    throw new Interrupted(
      `the exact side used up its ${shown(budget.seconds)} s before this was known; more under exact: seconds: would let it continue`,
    );
}

/** Estimates of work are within this factor. */
const estimated = 3;

/**
 * Called before long work. Throws `Interrupted` if even a third of the estimated seconds exceeds what the
 * present budget has left.
 */
export function requireAffordable(seconds: number): void {
  if (!present || seconds / estimated <= secondsLeft(present.budget)) return;
  throw new Interrupted(
    `one elimination would take about ${shown(seconds)} s, but only ${shown(Math.max(0, secondsLeft(present.budget)))} of ${shown(present.budget.seconds)} s are left; more under exact: seconds: would let it start`,
  );
}

const shown = (seconds: number): string => String(Number(seconds.toPrecision(3)));
