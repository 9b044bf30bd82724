import type { BenchResult } from "../../src/bench/run-bench.ts";
import type { InputProblem } from "../../src/experiment/input-problem.ts";
import { describeProblem } from "../../src/experiment/input-problem.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { byId, isTyping } from "../elements/element.ts";
import { FormContext } from "../form/context.ts";
import { renderForm } from "../form/form.ts";
import { Knobs } from "../form/knobs.ts";
import { Board } from "../plots/board.ts";
import { distributionTab } from "../plots/distribution.ts";
import { fluctuationTab } from "../plots/fluctuation.ts";
import { landscapeTab } from "../plots/landscape.ts";
import { plotly } from "../plots/plotly.ts";
import { responseTab } from "../plots/response.ts";
import { stackTab } from "../plots/stack.ts";
import { switchingTab } from "../plots/switching.ts";
import type { Preset } from "../presets/index.ts";
import { presetOf, presets } from "../presets/index.ts";
import type { Triple } from "../sphere/arrows.ts";
import { arrowsOf } from "../sphere/arrows.ts";
import { showLegend } from "../sphere/legend.ts";
import { SphereView } from "../sphere/view.ts";
import type { Change } from "../state/laboratory.ts";
import { Laboratory } from "../state/laboratory.ts";
import type { LinkOptions } from "../state/link.ts";
import { experimentOf, readLink, writeLink } from "../state/link.ts";
import { pointField } from "../state/point-field.ts";
import { Runner } from "../state/runner.ts";
import { connect } from "../workers/client.ts";
import type {
  BenchmarkRequest,
  CheckerCalls,
  ExactCalls,
  SimulationCalls,
  SimulationEvents,
} from "../workers/messages.ts";
import { afterRest } from "./after-rest.ts";
import { BenchmarkTab } from "./benchmark-tab.ts";
import { certificateWithout } from "./certificate.ts";
import { Derived } from "./derived.ts";
import { Files } from "./files.ts";
import { fillPresets, showIdentity } from "./identity.ts";
import { keepButton } from "./keep-button.ts";
import { MachineChoice } from "./machine-choice.ts";
import { notice } from "./notices.ts";
import { sayProblems } from "./problems-line.ts";
import { Questions } from "./questions.ts";
import { RunView } from "./run-view.ts";
import { share } from "./share.ts";
import { tabOfView } from "./single-view.ts";
import { Tabs } from "./tabs.ts";
import { Transport } from "./transport.ts";

/** Milliseconds that an edit waits for the next one before the run changes. */
const patience = 140;

/** Ties the parts together: what is written, what runs, what is shown. */
export class Page {
  readonly #broken = (message: string) => notice("worker", message, "bad");
  readonly #simulation = connect<SimulationCalls, SimulationEvents>("simulation", this.#broken);
  readonly #exact = connect<ExactCalls>("exact", this.#broken);
  readonly #checker = connect<CheckerCalls>("checker", this.#broken);
  readonly #board = new Board();
  readonly #questions = new Questions(this.#exact, this.#board, () => this.#tabs.update());
  readonly #sphere = new SphereView({
    camera: (camera) => void this.#simulation.call("camera", camera),
    field: (direction, done) => this.#pointField(direction, done),
    startAt: (direction) =>
      void this.#laboratory.set("initial", { type: "direction", m: rounded(direction) }, "structure"),
    resize: (size) => void this.#simulation.call("resize", size),
  });
  readonly #knobs: Knobs;
  readonly #derived = new Derived(this.#checker);
  readonly #benchmarkTab = new BenchmarkTab((request) => this.#benchmark(request));
  readonly #laboratory: Laboratory;
  readonly #form: FormContext;
  readonly #runner: Runner;
  readonly #tabs: Tabs;
  readonly #machine = new MachineChoice(({ backend, spins }) => {
    this.#link = {
      ...this.#link,
      backend: backend === "auto" ? undefined : backend,
      spins: spins === "auto" ? undefined : spins,
    };
    this.#writeLink();
    this.#applyOptions();
    void this.#runner.again();
  });
  readonly #transport: Transport;
  #link: LinkOptions = {};
  /** What the run on show belongs to. */
  #shown: Preset | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#laboratory = new Laboratory(this.#checker, {
      written: (change) => this.#written(change),
      problems: (problems) => this.#problems(problems),
      sound: (experiment, change) => this.#sound(experiment, change),
    });
    this.#form = new FormContext(this.#laboratory);
    this.#knobs = new Knobs(byId("knobs"), this.#form, () => renderForm(byId("form"), this.#form));
    this.#tabs = new Tabs(
      [
        distributionTab(),
        switchingTab(),
        fluctuationTab(),
        responseTab(),
        stackTab(() => void this.#questions.transport()),
        landscapeTab(() => void this.#questions.landscape()),
        this.#benchmarkTab,
      ],
      this.#board,
      (tab) => {
        this.#link = { ...this.#link, tab };
        this.#writeLink();
      },
    );
    const pausing = (paused: boolean) => {
      this.#board.paused = paused;
      this.#tabs.update();
    };
    const runs = { again: () => void this.#runner.again(), onward: () => void this.#runner.goOn() };
    this.#transport = new Transport(this.#simulation, runs, this.#sphere, pausing);
    const view = new RunView(this.#board, this.#tabs, this.#transport, this.#sphere, this.#questions, {
      possible: () => this.#runner.mayGoOn,
      finished: () => this.#goOnByItself(),
    });
    const canvas = () => ({ canvas: this.#sphere.canvas(), size: this.#sphere.pixels });
    this.#runner = new Runner(this.#simulation, this.#exact, canvas, view);
    this.#simulation.on("benchmarking", (text) => this.#benchmarkTab.progress(text));
    new Files(this.#checker, this.#laboratory, this.#board, (tab) => this.#tabs.open(tab, true));
    fillPresets();
    this.#listen();
  }

  begin(): void {
    void this.#fromLink();
    // needed once a run stands still; until then the browser has better things to do
    setTimeout(
      () =>
        plotly().catch(() =>
          notice(
            "plotly",
            "plotly could not be loaded: plots are shown while a run moves, and not after.",
            "bad",
          ),
        ),
      1200,
    );
  }

  #listen(): void {
    const select = byId<HTMLSelectElement>("preset");
    select.addEventListener("change", () => {
      const preset = presetOf(select.value);
      if (!preset) return;
      void this.#laboratory.choose(preset);
      this.#tabs.open(preset.tab, true);
    });
    byId("undo").addEventListener("click", () => void this.#laboratory.undo());
    byId("redo").addEventListener("click", () => void this.#laboratory.redo());
    byId("share").addEventListener("click", () => {
      this.#writeLink();
      void share();
    });
    keepButton(this.#board, () => this.#tabs.update());
    byId("form").addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => void this.#fromLink());
    addEventListener("keydown", (event) => this.#key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#tabs.update());
  }

  #key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    // in a field of text it takes typing back
    if (isTyping(event.target) && !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    void (event.shiftKey ? this.#laboratory.redo() : this.#laboratory.undo());
  }

  /** Opens what the address says; a bad link explains itself and the first preset runs. */
  async #fromLink(): Promise<void> {
    const link = readLink(location.hash);
    let preset = presets[0];
    let experiment = preset.experiment;
    if (link && !link.ok)
      notice("link", `The link cannot be read: ${link.reason}. The first preset is shown instead.`, "bad");
    else if (link) {
      const found = presetOf(link.preset);
      if (!found && link.preset !== "")
        notice(
          "link",
          `The link begins from a preset named “${link.preset}”, which this page does not have.`,
          "bad",
        );
      else notice("link", null);
      preset = found ?? preset;
      experiment = experimentOf(preset.experiment, link.changes);
      this.#link = link.options;
    }
    Object.assign(this.#form, await this.#checker.call("descriptions", null));
    this.#applyOptions();
    this.#tabs.open(this.#link.tab ?? tabOfView(location.search) ?? "distribution");
    await this.#laboratory.open(preset, experiment);
  }

  /** States that last go on by themselves. */
  #goOnByItself(): void {
    const { run } = this.#runner;
    const wanted = () =>
      this.#laboratory.preset.lasts === true && this.#runner.run === run && this.#link.seconds !== 0;
    afterRest(wanted, () => void this.#runner.goOn());
  }

  #applyOptions(): void {
    const options = this.#machine.show(this.#link);
    this.#runner.options = { ...options, wallSeconds: this.#link.seconds ?? 14 };
  }

  #written(change: Change): void {
    const { preset } = this.#laboratory;
    showIdentity(this.#laboratory);
    if (change !== "value") renderForm(byId("form"), this.#form);
    if (change !== "value") this.#knobs.make(preset.knobs);
    else this.#knobs.show();
    this.#writeLink();
  }

  #writeLink(): void {
    const { preset, experiment } = this.#laboratory;
    const hash = writeLink(preset.id, preset.experiment, experiment, this.#link);
    history.replaceState(null, "", hash);
  }

  #problems(problems: readonly InputProblem[]): void {
    const stray = this.#form.show(problems);
    const box = byId("stray");
    box.hidden = stray.length === 0;
    box.textContent = stray.map(describeProblem).join("\n");
    byId("controls").dataset.problems = String(problems.length);
    // a run of another experiment says nothing about this one
    const isShown = this.#shown !== null && this.#shown === this.#laboratory.preset;
    sayProblems(problems.length, isShown);
    if (problems.length === 0 || isShown) return;
    this.#runner.leave();
    this.#board.leave();
    this.#tabs.update();
    certificateWithout("Nothing runs: the experiment has problems.");
    document.documentElement.dataset.run = "problems";
  }

  #sound(experiment: CompletedExperiment, change: Change): void {
    this.#board.experiment = experiment;
    this.#shown = this.#laboratory.preset;
    if (change !== "value") {
      // now the defaults are known
      renderForm(byId("form"), this.#form);
    }
    const arrows = arrowsOf(experiment);
    this.#sphere.overlay.arrows = arrows;
    showLegend(arrows);
    this.#sphere.redraw();
    void this.#derived.show(experiment);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(
      () => {
        void this.#runner.start(experiment, change === "value");
        if (this.#tabs.present === "landscape") void this.#questions.landscape();
        if (this.#tabs.present === "stack") void this.#questions.transport();
      },
      change === "value" ? patience : 0,
    );
  }

  #pointField(direction: Triple, done: boolean): void {
    pointField(this.#laboratory, direction);
    if (!done) return;
    this.#laboratory.settle();
    renderForm(byId("form"), this.#form);
  }

  async #benchmark(request: BenchmarkRequest): Promise<BenchResult> {
    // what is measured should not have to share the machine with what is shown
    this.#sphere.asleep = true;
    try {
      return await this.#simulation.call("benchmark", request);
    } finally {
      this.#sphere.asleep = false;
      void this.#runner.again();
    }
  }

  /** For tests: takes the device away. */
  loseDevice(): Promise<unknown> {
    return this.#simulation.call("loseDevice", null);
  }
}

const rounded = (direction: Triple): number[] => direction.map((x) => Number(x.toFixed(3)));
