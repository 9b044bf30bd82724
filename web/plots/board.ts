import { timeUnitOf } from "../../src/experiment/natural-units.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { Result } from "../../src/result.ts";
import type { TransportResult } from "../../src/transport/transport-result.ts";
import { frameCount } from "../workers/instruments.ts";
import type { Measured } from "../workers/measured.ts";
import { seenIn } from "../workers/measured.ts";
import type { ExactFrames, ExactMap, Landscape, Live, Started, TimedMoments } from "../workers/messages.ts";
import type { Kept } from "./kept.ts";

/** Number of runs that are remembered. */
const mostRuns = 200;

/** All data of the current run for the tabs. */
export class Board {
  experiment: CompletedExperiment | null = null;
  started: Started | null = null;
  means: TimedMoments[] = [];
  /** Of the last record; `frame` counts records from 0. */
  bins: { readonly frame: number; readonly counts: Float64Array } | null = null;
  /** Fraction of spins with mz > 0 by record. */
  up: { readonly time: number; readonly fraction: number }[] = [];
  map: Float64Array | null = null;
  /** Figures of the experiment's observables: up to now during the run, with the exact ones at the end. */
  figures: readonly PlacedFigure[] = [];
  exact: ExactFrames | null = null;
  exactMap: ExactMap | null = null;
  landscape: Landscape | null = null;
  /** The solved layer stack; null where the experiment has none. */
  transport: TransportResult | null = null;
  result: Result | null = null;
  /** Finished runs of this visit. */
  runs: readonly Measured[] = [];
  /** The experiment of the displayed run. */
  ran: CompletedExperiment | null = null;
  /** A run for comparison, kept until it is released. */
  kept: Kept | null = null;
  /** Whether a run is going on and records arrive. */
  running = false;
  paused = false;

  /** Whether the plots will soon be drawn again. */
  get moving(): boolean {
    return this.running && !this.paused;
  }

  /** Moments of the runs that this one goes on from, at times before its start, and when values were changed. */
  earlier: TimedMoments[] = [];
  changes: number[] = [];

  /** `same`: the same experiment continues, and its figures stay until there are new ones. */
  begin(started: Started, same = false): void {
    const { carriedAt } = started;
    if (carriedAt === null) {
      this.earlier = [];
      this.changes = [];
    } else {
      const cut = this.time(carriedAt);
      const kept = 0.5 * started.steps * started.timeStep;
      this.earlier = [...this.earlier, ...this.means]
        .map((row) => ({ ...row, time: row.time - cut }))
        .filter(({ time }) => time >= -kept);
      this.changes = [...this.changes.map((time) => time - cut), ...(same ? [] : [0])].filter(
        (time) => time >= -kept,
      );
    }
    this.started = started;
    this.ran = this.experiment;
    this.running = true;
    this.means = [];
    this.bins = null;
    this.up = [];
    if (!same) this.figures = [];
    this.exact = null;
    this.exactMap = null;
    this.result = null;
  }

  /** The verdict on the run. */
  finish(result: Result, figures: readonly PlacedFigure[]): void {
    Object.assign(this, { result, figures, running: false });
    const shown = result.figures.length > 0 && this.ran;
    if (shown) this.runs = [...this.runs, { experiment: shown, ...seenIn(result) }].slice(-mostRuns);
  }

  /** Keeps the displayed run. */
  keep(): void {
    this.kept = {
      name: this.ran?.name ?? "the run before",
      means: this.means,
      counts: this.bins?.counts ?? null,
      figures: this.figures,
      shown: this.result?.figures ?? [],
    };
  }

  /** Clears the display. */
  leave(): void {
    Object.assign(this, { experiment: null, started: null, running: false, bins: null, map: null });
    Object.assign(this, { means: [], up: [], earlier: [], changes: [], figures: [] });
    Object.assign(this, { exact: null, exactMap: null, result: null });
  }

  /** Simulated time at a step, in the unit of the experiment's times. */
  time(step: number): number {
    return this.started ? step * this.started.timeStep : 0;
  }

  get duration(): number {
    return this.started ? this.time(this.started.steps) : 0;
  }

  /** Unit of times: the natural one if the magnet is given in reduced units. */
  get timeUnit(): ReturnType<typeof timeUnitOf> {
    return this.started ? timeUnitOf(this.started) : "s";
  }

  take(live: Live): void {
    if (!this.started) return;
    const time = this.time(live.step);
    if (live.means) this.means.push({ time, ...live.means });
    if (live.map) this.map = live.map;
    if (live.figures) this.figures = live.figures;
    if (live.bins) {
      const counts = live.bins;
      const frame = Math.round((frameCount * live.step) / this.started.steps) - 1;
      this.bins = { frame, counts };
      let up = 0;
      let all = 0;
      for (const [i, count] of counts.entries()) {
        all += count;
        if (i >= counts.length / 2) up += count;
      }
      this.up.push({ time, fraction: up / all });
    }
  }

  /** Exact probabilities of the displayed histogram. */
  exactBins(): Float64Array | null {
    return (this.bins && this.exact?.bins[this.bins.frame]) ?? null;
  }
}
