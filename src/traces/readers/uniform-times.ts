import { quantilesOf } from "../../numerics/quantiles.ts";
import { TraceError } from "../trace-error.ts";

/**
 * Checks a column of times as it is read: equal steps, no gaps, no step back. Allows for the jitter of times printed
 * with few digits.
 */
export class UniformTimes {
  /** Number of times that are checked together, once their step is known. */
  static readonly together = 64;
  private readonly head: number[] = [];
  private readonly factor: number;
  private readonly where: (sample: number) => string;
  private step = 0;
  private first = 0;
  private last = 0;
  private count = 0;

  /** `factor` converts the column to seconds; `where` gives a sample's place in the file. */
  constructor(factor: number, where: (sample: number) => string) {
    this.factor = factor;
    this.where = where;
  }

  add(time: number): void {
    const sample = this.count++;
    if (sample === 0) this.first = time;
    if (this.step === 0) {
      this.head.push(time);
      if (this.head.length === UniformTimes.together) this.settle();
    } else this.check(this.last, time, sample);
    this.last = time;
  }

  /** Time between samples (s). */
  get sampleTime(): number {
    if (this.step === 0) this.settle();
    return ((this.last - this.first) / (this.count - 1)) * this.factor;
  }

  private settle(): void {
    if (this.head.length < 2) throw new TraceError("one time is too few for a time between samples");
    const steps = this.head.slice(1).map((time, i) => time - this.head[i]);
    const median = quantilesOf(steps)(0.5);
    // over a quarter of the head the last digit hardly matters, and a single gap affects less than half of the quarters
    const quarter = Math.max(1, this.head.length >> 2);
    const slopes = this.head.slice(quarter).map((time, i) => (time - this.head[i]) / quarter);
    this.step = quantilesOf(slopes)(0.5);
    if (!(median > 0))
      throw new TraceError(
        median < 0
          ? `${this.where(1)}: times run backwards`
          : `${this.where(1)}: times do not advance: they are printed with too few digits; give the time between samples`,
      );
    const head = this.head.splice(0);
    head.slice(1).forEach((time, i) => this.check(head[i], time, i + 1));
  }

  private check(before: number, time: number, sample: number): void {
    const steps = (time - before) / this.step;
    if (Math.abs(steps - 1) < 0.25) return;
    const from = before * this.factor;
    const to = time * this.factor;
    const seconds = `${Number(from.toPrecision(12))} s to ${Number(to.toPrecision(12))} s`;
    if (steps > 1.75)
      throw new TraceError(
        `${this.where(sample)}: a gap in time from ${seconds}, ${Number(steps.toPrecision(4))} sample times`,
      );
    if (steps <= 0) throw new TraceError(`${this.where(sample)}: time does not advance, from ${seconds}`);
    throw new TraceError(
      `${this.where(sample)}: times are not uniform: a step of ${Number(steps.toPrecision(4))} sample times, from ${seconds}`,
    );
  }
}
