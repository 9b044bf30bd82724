import type { Ensemble, TallyResult } from "../../src/ensemble/kernel.ts";

/** Actions between the pieces of a run. */
export interface Pacing {
  /** Resolves when the run may continue: at once, or when it is resumed or stepped. */
  readonly gate: () => Promise<void>;
  /** Steps per second wanted; infinite without pacing. */
  readonly stepsPerSecond: () => number;
  /** Called after each piece, with the steps per second of the device and the seconds of the piece. */
  readonly moved: (step: number, possible: number, seconds: number) => Promise<void>;
  readonly observed: (view: string, results: readonly TallyResult[]) => void;
}

/** Time between two checks of the gate; short enough for a smooth picture. */
const pieceSeconds = 1 / 30;
/** Without pacing, a piece lasts as long as the page stays responsive. */
const hurriedSeconds = 0.3;

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/** An ensemble that advances no faster than the chosen pace. Its caller need not know. */
export function paced(inner: Ensemble, pacing: Pacing): Ensemble {
  let step = 0;
  let possible = 0;
  let slow = 0;
  return {
    adapter: inner.adapter,
    precision: inner.precision,
    async advance(to) {
      while (step < to) {
        await pacing.gate();
        const wanted = pacing.stepsPerSecond();
        const seconds = Number.isFinite(wanted) ? pieceSeconds : hurriedSeconds;
        const affordable = possible > 0 ? Math.max(1, possible * seconds) : 8;
        // fractions of a step are kept, so that slow runs advance one step every few frames
        slow += Math.min(wanted * seconds, affordable);
        const piece = Math.min(to - step, Math.max(1, Math.floor(Number.isFinite(slow) ? slow : affordable)));
        slow = Number.isFinite(slow) ? Math.max(0, slow - piece) : 0;
        const began = performance.now();
        await inner.advance(step + piece);
        const took = (performance.now() - began) / 1000;
        step += piece;
        // a piece shorter than the clock's resolution does not show the speed
        if (took > 2e-4) possible = possible > 0 ? 0.5 * possible + (0.5 * piece) / took : piece / took;
        await pacing.moved(step, possible, took);
        const rest = piece / wanted - (performance.now() - began) / 1000;
        if (rest > 1e-3) await sleep(rest);
      }
    },
    async observe(view) {
      const results = await inner.observe(view);
      pacing.observed(view, results);
      return results;
    },
    read: (count) => inner.read(count),
    column: (name) => inner.column(name),
    gather: (indices) => inner.gather(indices),
    snapshot: () => inner.snapshot(),
    collect: () => inner.collect(),
    dispose: () => inner.dispose(),
  };
}
