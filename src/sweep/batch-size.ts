/** What a batch is aimed at, s: little is lost where it is cut off, and what it costs to begin one is little beside it. */
const aim = 10;
/** Spin-steps of the first batch, when nothing is known of the machine: ten seconds on the slowest. */
const firstWork = 2 ** 24;
/** A batch that was short says little about a long one: most growth from one to the next. */
const mostGrowth = 8;
/** Enough spins to fill any device, and few enough for its memory. */
const mostSpins = 2 ** 21;
const mostPoints = 4096;

/** How many points are simulated at once, by what the batches before took. No result depends on it. */
export class BatchSize {
  #work = firstWork;

  /** Points of the next batch, each of so many spins and steps; at least one. */
  points(spins: number, steps: number): number {
    const most = Math.min(mostPoints, mostSpins / spins, this.#work / (spins * steps));
    return Math.max(1, Math.floor(most));
  }

  /** Takes note of what a batch of so many spin-steps took, its preparation included. */
  took(spinSteps: number, seconds: number): void {
    const affordable = (spinSteps / Math.max(seconds, 1e-3)) * aim;
    this.#work = Math.min(affordable, mostGrowth * Math.max(this.#work, spinSteps));
  }
}
