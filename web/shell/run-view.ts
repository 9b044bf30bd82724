import type { AboutBackend } from "../../src/ensemble/about-backend.ts";
import type { BackendName } from "../../src/ensemble/backends.ts";
import { aboutBackends } from "../../src/ensemble/backends.ts";
import type { Triple } from "../../src/figures/arrows.ts";
import { readable } from "../../src/figures/readable.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { Result } from "../../src/result.ts";
import { byId } from "../elements/element.ts";
import type { Board } from "../plots/board.ts";
import type { SphereShading } from "../sphere/shading.ts";
import type { RunnerListener } from "../state/runner.ts";
import { withPrefix, withUnit } from "../values/number.ts";
import type { ExactFrames, Live, Started } from "../workers/messages.ts";
import {
  certificateComparing,
  certificateGoesOn,
  certificateRunning,
  certificateWithout,
  showCertificate,
} from "./certificate.ts";
import { notice } from "./notices.ts";
import type { Questions } from "./questions.ts";
import type { Tabs } from "./tabs.ts";
import type { Transport } from "./transport.ts";

/** Formats in which a finished run can be saved. */
const saving = (possible: boolean): void => {
  for (const id of ["report", "data"]) byId<HTMLButtonElement>(id).disabled = !possible;
};

/** Actions after the end of a run. */
export interface Onward {
  possible(): boolean;
  finished(): void;
}

/** Shows the progress and the end of a run. */
export class RunView implements RunnerListener {
  readonly #board: Board;
  readonly #tabs: Tabs;
  readonly #transport: Transport;
  readonly #shading: SphereShading;
  readonly #questions: Questions;
  readonly #onward: Onward;

  constructor(
    board: Board,
    tabs: Tabs,
    transport: Transport,
    shading: SphereShading,
    questions: Questions,
    onward: Onward,
  ) {
    this.#onward = onward;
    this.#board = board;
    this.#tabs = tabs;
    this.#transport = transport;
    this.#shading = shading;
    this.#questions = questions;
  }

  opened(backend: BackendName, adapter: string, software: boolean, choice: string): void {
    byId("adapter").textContent = adapter;
    byId("adapter").title = choice;
    const { usesGraphics, notice: instead = null } = aboutBackends[backend] as AboutBackend;
    const where = usesGraphics ? "a software adapter" : "the processor";
    const text = software ? `no graphics processor: a smaller ensemble on ${where}` : instead;
    const chip = byId("fallback");
    chip.hidden = text === null;
    chip.textContent = text ?? "";
  }

  started(started: Started, same: boolean): void {
    notice("failed", null);
    notice("warning", started.warnings.length > 0 ? started.warnings.join("\n") : null);
    this.#board.begin(started, same);
    this.#shading.started(started);
    byId("adapter").textContent = started.adapter;
    byId("spins").textContent = withPrefix(started.spins, "", 4);
    byId("time-step").textContent = withUnit(started.timeStep, this.#board.timeUnit, 3);
    if (same) certificateGoesOn();
    else certificateRunning();
    saving(false);
    this.#transport.started(started.steps);
    document.documentElement.dataset.run = "running";
    this.#tabs.update();
  }

  live(live: Live): void {
    this.#board.take(live);
    this.#shading.moved(live);
    byId("time").textContent = withUnit(this.#board.time(live.step), this.#board.timeUnit, 3);
    if (live.spinStepsPerSecond > 0)
      byId("rate").textContent = readable(Number(live.spinStepsPerSecond.toPrecision(3)));
    this.#transport.moved(live.step);
    if (live.means) {
      this.#shading.sphere.overlay.mean = live.means.m as unknown as Triple;
      this.#shading.sphere.redraw();
    }
    if (live.means || live.bins || live.figures) this.#tabs.update();
  }

  exact(frames: ExactFrames): void {
    this.#board.exact = frames;
    this.#tabs.update();
  }

  comparing(): void {
    certificateComparing();
  }

  result(result: Result, carried: boolean, figures: readonly PlacedFigure[]): void {
    this.#board.finish(result, figures);
    showCertificate(result, carried);
    saving(true);
    byId<HTMLButtonElement>("keep").disabled = false;
    this.#transport.finished(this.#onward.possible());
    document.documentElement.dataset.run = "finished";
    this.#tabs.update();
    void this.#questions.map();
    this.#onward.finished();
  }

  failed(message: string): void {
    certificateWithout("The run did not reach its end.");
    this.#board.running = false;
    this.#tabs.update();
    document.documentElement.dataset.run = "failed";
    notice("failed", `The run failed: ${message}`, "bad");
  }

  lost(): void {
    notice("lost", "The graphics device was lost. The run continues from the last saved state.");
  }
}
