import type { BackendName } from "../../src/ensemble/kernel.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { Result } from "../../src/result.ts";
import type { Remote } from "../workers/client.ts";
import { frameCount } from "../workers/instruments.ts";
import type {
  ExactCalls,
  ExactFrames,
  Finished,
  Live,
  SimulationCalls,
  SimulationEvents,
  Started,
} from "../workers/messages.ts";
import { mayContinue } from "./continuing.ts";

export interface RunnerListener {
  opened(backend: BackendName, adapter: string, software: boolean, choice: string): void;
  /** `same`: it continues the experiment of the last run. */
  started(started: Started, same: boolean): void;
  live(live: Live): void;
  exact(frames: ExactFrames): void;
  comparing(): void;
  result(result: Result, carried: boolean, figures: readonly PlacedFigure[]): void;
  failed(message: string): void;
  lost(): void;
}

export interface RunnerOptions {
  backend: BackendName | "auto";
  spins: number | "auto";
  wallSeconds: number;
}

/**
 * Milliseconds before exact figures are requested during a run, so that moving a slider does not start useless work.
 */
const patience = 600;

/** Runs experiments one after the other: the ensemble, the exact side, the verdict. */
export class Runner {
  options: RunnerOptions = { backend: "auto", spins: "auto", wallSeconds: 14 };
  #run = 0;
  #experiment: CompletedExperiment | null = null;
  #started: Started | null = null;
  #step = 0;
  /** Factor by which the step of the current experiment is shortened. */
  #shrink = 1;
  #canvasFor: string | undefined;
  #lost = 0;
  /** The last finished run. */
  #over = 0;
  readonly #simulation: Remote<SimulationCalls, SimulationEvents>;
  readonly #exact: Remote<ExactCalls>;
  readonly #listener: RunnerListener;
  readonly #canvas: () => { canvas: OffscreenCanvas; size: number };

  constructor(
    simulation: Remote<SimulationCalls, SimulationEvents>,
    exact: Remote<ExactCalls>,
    canvas: () => { canvas: OffscreenCanvas; size: number },
    listener: RunnerListener,
  ) {
    this.#simulation = simulation;
    this.#exact = exact;
    this.#canvas = canvas;
    this.#listener = listener;
    simulation.on("live", (live) => {
      if (live.run !== this.#run) return;
      this.#step = live.step;
      listener.live(live);
    });
    simulation.on("finished", (finished) => this.#finished(finished));
    simulation.on("failed", ({ run, message }) => run === this.#run && this.#failed(message));
  }

  get run(): number {
    return this.#run;
  }
  get started(): Started | null {
    return this.#started;
  }

  /** Runs an experiment; continues from the current state if requested and physically possible. */
  async start(experiment: CompletedExperiment, mayCarry: boolean, shrink?: number): Promise<void> {
    const run = ++this.#run;
    const before = this.#experiment;
    // right after its start, a run from one direction has no density that harmonics can represent
    const deepEnough =
      this.#started !== null &&
      (this.#started.carriedAt !== null || this.#step >= this.#started.steps / frameCount);
    const carry = mayCarry && before !== null && deepEnough && mayContinue(before, experiment);
    // an edit may need other steps; a run that carries on keeps those it has
    this.#shrink = shrink ?? (carry || experiment === before ? this.#shrink : 1);
    const factor = this.#shrink;
    try {
      const opened = await this.#simulation.call("open", this.options.backend);
      if (run !== this.#run) return;
      this.#listener.opened(opened.backend, opened.adapter, opened.software, opened.choice);
      if (this.#canvasFor !== opened.backend) {
        this.#canvasFor = opened.backend;
        await this.#simulation.call("stop", null);
        const given = this.#canvas();
        await this.#simulation.call("canvas", given, [given.canvas]);
      }
      if (run !== this.#run) return;
      const { backend, spins, wallSeconds } = this.options;
      const started = await this.#simulation.call("start", {
        run,
        experiment,
        spins,
        wallSeconds,
        carry,
        backend,
        shrink: factor,
      });
      const same = started.carriedAt !== null && experiment === before;
      this.#experiment = experiment;
      this.#started = started;
      this.#step = 0;
      const beginCall = this.#exact.call("begin", {
        run,
        experiment: started.experiment,
        carriedAt: started.carriedAt,
        shrink: factor,
      });
      if (run === this.#run) this.#listener.started(started, same);
      const begun = await beginCall;
      if (run !== this.#run) return;
      if (begun.shrink < 0.999 * factor) {
        await this.start(experiment, false, begun.shrink);
        return;
      }
      const frames = await this.#exact.call("frames", { run });
      if (run !== this.#run) return;
      this.#listener.exact(frames);
      setTimeout(() => void this.#askFigures(run), patience);
    } catch (error) {
      if (run === this.#run) this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** Draws exact figures with the counts of a current run. */
  async #askFigures(run: number): Promise<void> {
    if (run !== this.#run || run === this.#over) return;
    const found = await this.#exact.call("figures", { run }).catch(() => null);
    if (found && run === this.#run) void this.#simulation.call("exactFigures", found);
  }

  /** Drops the current run, which no longer belongs to the written experiment. */
  leave(): void {
    this.#run++;
    this.#experiment = null;
    this.#started = null;
    void this.#simulation.call("stop", null);
  }

  /** Whether a run of the current experiment may continue from the end of the last one. */
  get mayGoOn(): boolean {
    return this.#experiment !== null && mayContinue(this.#experiment, this.#experiment);
  }

  /** Continues from the end of the run. */
  async goOn(): Promise<void> {
    if (this.#experiment) await this.start(this.#experiment, true);
  }

  /** Restarts the current experiment. */
  async again(): Promise<void> {
    if (this.#experiment) await this.start(this.#experiment, false);
  }

  async #finished(finished: Finished): Promise<void> {
    if (finished.run !== this.#run || !this.#started) return;
    this.#over = finished.run;
    if (finished.simulation.outcome === "device lost") return this.#restart();
    this.#lost = 0;
    this.#listener.comparing();
    try {
      const compared = await this.#exact.call("compare", {
        ...finished,
        experiment: this.#started.experiment,
        shrink: this.#shrink,
      });
      if (finished.run === this.#run)
        this.#listener.result(compared.result, compared.carried, compared.figures);
    } catch (error) {
      if (finished.run === this.#run) this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** After the loss of a device: continues from the last stored state if possible, else from the start. */
  async #restart(): Promise<void> {
    this.#listener.lost();
    if (!this.#experiment) return;
    if (++this.#lost > 3) return this.#failed("the graphics device was lost repeatedly");
    await this.start(this.#experiment, true);
  }

  #failed(message: string): void {
    if (/device was lost|DeviceLost|destroyed/i.test(message) && this.#lost < 3) {
      void this.#restart();
      return;
    }
    this.#listener.failed(message);
  }
}
