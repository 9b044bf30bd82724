/** Thrown out of a long computation that is not wanted any more; the message is the reason. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

let whyStop: () => string | undefined = () => undefined;

/**
 * Long computations have no pause in which a message could reach them, so they ask this instead: `reason` is called at every
 * factorization, every solution of a system, every ray to a rim, and stops what is being computed where it gives one. For a thread that does nothing else.
 */
export function interruptWhere(reason: () => string | undefined): void {
  whyStop = reason;
}

/** Whether what is being computed is not wanted any more, however far it has come. */
export const isStopWanted = (): boolean => whyStop() !== undefined;

/** Seconds that computations may take together. */
export interface Budget {
  readonly seconds: number;
  spent: number;
}

let present:
  | { readonly budget: Budget; readonly wall: number; readonly processor: number; asked: number }
  | undefined;

/** Milliseconds between two questions to the processor, which take long. */
const betweenQuestions = 5;

const processorSeconds = (): number => {
  const used = (
    globalThis as { process?: { cpuUsage?: () => { user: number; system: number } } }
  ).process?.cpuUsage?.();
  return used ? (used.user + used.system) / 1e6 : Number.POSITIVE_INFINITY;
};

/** Since a budget was opened: what the clock says, or the processor where that is less, so that a busy machine takes nothing away. */
function elapsed({ wall, processor }: { readonly wall: number; readonly processor: number }): number {
  const byClock = (performance.now() - wall) / 1000;
  const byProcessor = processorSeconds() - processor;
  return Number.isNaN(byProcessor) ? byClock : Math.min(byClock, byProcessor);
}

/** Computes what a budget pays for; where it does not suffice, `Interrupted` is thrown from inside. The outer of two budgets counts. */
export function spending<T>(budget: Budget, compute: () => T): T {
  if (present) return compute();
  const opened = { budget, wall: performance.now(), processor: processorSeconds(), asked: 0 };
  present = opened;
  try {
    throwIfInterrupted();
    return compute();
  } finally {
    present = undefined;
    budget.spent += elapsed(opened);
  }
}

/** What a budget has left, the computation included that it pays for at present. */
export const secondsLeft = (budget: Budget): number =>
  budget.seconds - budget.spent - (present?.budget === budget ? elapsed(present) : 0);

/** Called from inside long computations. */
export function throwIfInterrupted(): void {
  const reason = whyStop();
  if (reason !== undefined) throw new Interrupted(reason);
  if (!present) return;
  const { budget, wall } = present;
  // the processor is asked only where the clock says that it matters, and not all the time
  const now = performance.now();
  if (budget.spent + (now - wall) / 1000 <= budget.seconds || now < present.asked + betweenQuestions) return;
  present.asked = now;
  if (budget.spent + elapsed(present) > budget.seconds)
    throw new Interrupted(
      `the exact side had its ${shown(budget.seconds)} s before this was known; more under exact: seconds: would let it go on`,
    );
}

/** Estimates of work are within this factor. */
const estimated = 3;

/**
 * Called before long work: `Interrupted` is thrown where even a third of the seconds that it takes by an estimate is more than the present
 * budget has left.
 */
export function requireAffordable(seconds: number): void {
  if (!present || seconds / estimated <= secondsLeft(present.budget)) return;
  throw new Interrupted(
    `one elimination would take about ${shown(seconds)} s, and of ${shown(present.budget.seconds)} s ${shown(Math.max(0, secondsLeft(present.budget)))} are left; more under exact: seconds: would let it begin`,
  );
}

const shown = (seconds: number): string => String(Number(seconds.toPrecision(3)));
