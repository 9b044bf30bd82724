import type { Ensemble, TallyResult } from "../../src/ensemble/kernel.ts";
import { instrumentId } from "../../src/ensemble/plan.ts";
import { isResident } from "../../src/ensemble/webgpu/ensemble.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { answering } from "../../src/observables/answering.ts";
import { instruments } from "./instruments.ts";
import type { Live, OwnFigures } from "./messages.ts";
import type { Screen } from "./screen.ts";
import { emit } from "./serve.ts";
import type { SoFar } from "./so-far.ts";

/** Milliseconds between samples of the map, between messages without a record, and between kept states. */
const mapEvery = 150;
const reportEvery = 100;
const keepEvery = 4000;
/**
 * Figures of the experiment's observables take at most this share of the run's time, and are sent no more often than
 * this, ms.
 */
const figuresEvery = 600;
const figuresShare = 0.12;

/** Shows a run: reports the counts of the page's own instruments and updates the picture. */
export class Reporter {
  busySeconds = 0;
  readonly #run: number;
  readonly #ensemble: Ensemble;
  readonly #screen: Screen;
  readonly #soFar: SoFar;
  #rate = 0;
  #mapped = 0;
  #reported = 0;
  #kept = performance.now();
  #figuresDue = performance.now() + figuresEvery / 2;
  readonly #spins: number;
  readonly #read = {
    means: answering("means").read,
    distribution: answering("distribution").read,
    map: answering("map").read,
  };
  /** Views of the page's own instruments. */
  readonly #views: Readonly<Record<keyof typeof instruments, string>>;

  constructor(run: number, problem: Problem, ensemble: Ensemble, screen: Screen, soFar: SoFar) {
    this.#run = run;
    this.#ensemble = ensemble;
    this.#screen = screen;
    this.#spins = problem.ensemble;
    this.#soFar = soFar;
    const viewOf = (own: string): string =>
      instrumentId(problem.observables.findIndex(({ name }) => name === own));
    this.#views = {
      means: viewOf(instruments.means),
      distribution: viewOf(instruments.distribution),
      map: viewOf(instruments.map),
    };
  }

  /** Draws exact figures with later counts, if they belong to this run. */
  exactFigures({ run, figures }: OwnFigures): void {
    if (run === this.#run) this.#soFar.exact = figures;
  }

  #report(live: Partial<Live>, step: number): void {
    this.#reported = performance.now();
    emit("live", { run: this.#run, step, spinStepsPerSecond: this.#rate, ...live });
  }

  /** The picture before the first step. */
  async first(): Promise<void> {
    await this.#sample(0);
    for (const view of [this.#views.means, this.#views.distribution])
      this.observed(view, await this.#ensemble.observe(view), 0);
  }

  async #sample(step: number): Promise<void> {
    this.#mapped = performance.now();
    const map = this.#read.map(await this.#ensemble.observe(this.#views.map));
    this.#screen.density(map);
    this.#report({ map }, step);
    await this.#points();
  }

  async #points(): Promise<void> {
    const { picture } = this.#screen;
    if (!picture) return;
    if (picture.wants > 0) picture.points(await this.#ensemble.read(Math.min(picture.wants, this.#spins)));
    this.#screen.refresh();
  }

  /** Called after a piece. Returns the state when it is time to store it. */
  async moved(step: number, rate: number, seconds: number): Promise<Float64Array[] | undefined> {
    const now = performance.now();
    this.#rate = rate;
    this.busySeconds += seconds;
    if (now - this.#mapped > mapEvery) await this.#sample(step);
    else await this.#points();
    if (now > this.#figuresDue) await this.#figures(step);
    if (now - this.#reported > reportEvery) this.#report({}, step);
    // only a device can be lost; workers keep their state
    if (now - this.#kept < keepEvery || !isResident(this.#ensemble)) return undefined;
    this.#kept = now;
    return this.#ensemble.read(this.#spins);
  }

  /** Draws the figures so far of all observables of the experiment. */
  async #figures(step: number): Promise<void> {
    const began = performance.now();
    const figures = await this.#soFar.figures(this.#ensemble, step);
    const now = performance.now();
    this.#figuresDue = now + Math.max(figuresEvery, (now - began) / figuresShare);
    if (figures.length > 0) this.#report({ figures }, step);
  }

  observed(view: string, results: readonly TallyResult[], step: number): void {
    if (view === this.#views.means) {
      const { m, mStandardError } = this.#read.means(results);
      this.#report({ means: { m, mStandardError } }, step);
    } else if (view === this.#views.distribution)
      this.#report({ bins: this.#read.distribution(results) }, step);
    else if (view === this.#views.map) this.#report({ map: this.#read.map(results) }, step);
  }
}
