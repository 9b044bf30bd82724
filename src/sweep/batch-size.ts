/**
 * Target duration of a batch, s: short enough to lose little when it is interrupted, and long compared with its start.
 */
const aim = 10;
/** Spin-steps of the first batch, before the speed of the machine is known: ten seconds on the slowest. */
const firstWork = 2 ** 24;
/** Largest growth from one batch to the next: a short batch predicts little about a long one. */
const mostGrowth = 8;
/** Enough spins to fill any device, and few enough for its memory. */
const mostSpins = 2 ** 21;
const mostPoints = 4096;

/** Number of points that are simulated at once, from the durations of earlier batches. Results do not depend on it. */
export class BatchSize {
  #work = firstWork;

  /** Points of the next batch, each of so many spins and steps; at least one. */
  points(spins: number, steps: number): number {
    const most = Math.min(mostPoints, mostSpins / spins, this.#work / (spins * steps));
    return Math.max(1, Math.floor(most));
  }

  /** Records the duration of a batch of so many spin-steps, its preparation included. */
  took(spinSteps: number, seconds: number): void {
    const affordable = (spinSteps / Math.max(seconds, 1e-3)) * aim;
    this.#work = Math.min(affordable, mostGrowth * Math.max(this.#work, spinSteps));
  }
}
