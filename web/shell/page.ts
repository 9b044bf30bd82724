import type { BenchResult } from "../../src/bench/run-bench.ts";
import type { InputError } from "../../src/experiment/input-error.ts";
import { describeInputError } from "../../src/experiment/input-error.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Triple } from "../../src/figures/arrows.ts";
import { arrowsOf } from "../../src/figures/arrows.ts";
import { allAlong } from "../../src/physics/initial/index.ts";
import { byId } from "../elements/element.ts";
import { FormContext } from "../form/context.ts";
import { renderForm } from "../form/form.ts";
import { Knobs } from "../form/knobs.ts";
import { Board } from "../plots/board.ts";
import { distributionTab } from "../plots/distribution.ts";
import { ExactMaps } from "../plots/exact-maps.ts";
import { fluctuationTab } from "../plots/fluctuation.ts";
import { landscapeTab } from "../plots/landscape.ts";
import { OwnDataTab } from "../plots/own-data.ts";
import { plotly } from "../plots/plotly.ts";
import { responseTab } from "../plots/response.ts";
import { stackTab } from "../plots/stack.ts";
import { switchingTab } from "../plots/switching.ts";
import type { Preset } from "../presets/index.ts";
import { readMap } from "../presets/map-asked.ts";
import { storyOf } from "../presets/stories/index.ts";
import type { StoryStep } from "../presets/story.ts";
import { showLegend } from "../sphere/legend.ts";
import { SphereShading } from "../sphere/shading.ts";
import { SphereView } from "../sphere/view.ts";
import type { Change } from "../state/laboratory.ts";
import { Laboratory } from "../state/laboratory.ts";
import { pointField } from "../state/point-field.ts";
import { Runner } from "../state/runner.ts";
import { applied } from "../values/difference.ts";
import { connect } from "../workers/client.ts";
import type {
  BenchmarkRequest,
  CheckerCalls,
  ExactCalls,
  SimulationCalls,
  SimulationEvents,
} from "../workers/messages.ts";
import { Address } from "./address.ts";
import { afterRest } from "./after-rest.ts";
import { BenchmarkTab } from "./benchmark-tab.ts";
import { certificateWithout } from "./certificate.ts";
import { Derived } from "./derived.ts";
import { Files } from "./files.ts";
import { dataHost, mapHost, offeringOf } from "./hosts.ts";
import { fillPresets, showIdentity } from "./identity.ts";
import { listen } from "./listen.ts";
import { MachineChoice } from "./machine-choice.ts";
import { notice } from "./notices.ts";
import { sayProblems } from "./problems-line.ts";
import { Questions } from "./questions.ts";
import { RunView } from "./run-view.ts";
import { tabOfView } from "./single-view.ts";
import { StoryBar } from "./story-bar.ts";
import { Tabs } from "./tabs.ts";
import { Transport } from "./transport.ts";

/** Milliseconds that an edit waits for the next one before a new run starts. */
const patience = 140;

/** Connects the parts: the written experiment, the run, and the display. */
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
      void this.#laboratory.set(
        "initial",
        allAlong(rounded(direction) as [number, number, number]),
        "structure",
      ),
    resize: (size) => void this.#simulation.call("resize", size),
  });
  readonly #shading = new SphereShading(this.#simulation, this.#exact, this.#checker, this.#sphere);
  readonly #knobs: Knobs;
  readonly #derived = new Derived(this.#checker);
  readonly #benchmarkTab = new BenchmarkTab((request) => this.#benchmark(request));
  readonly #maps: ExactMaps;
  readonly #data: OwnDataTab;
  readonly #story = new StoryBar(
    (step, place) => this.#showStep(step, place),
    () => this.#address.keep({ story: undefined }),
  );
  readonly #laboratory: Laboratory;
  readonly #form: FormContext;
  readonly #runner: Runner;
  readonly #tabs: Tabs;
  readonly #machine = new MachineChoice(({ backend, spins }) => {
    this.#address.keep({
      backend: backend === "auto" ? undefined : backend,
      spins: spins === "auto" ? undefined : spins,
    });
    this.#applyOptions();
    void this.#runner.again();
  });
  readonly #transport: Transport;
  readonly #address: Address;
  /** Experiment of the displayed run. */
  #shown: Preset | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#laboratory = new Laboratory(this.#checker, {
      written: (change) => this.#written(change),
      problems: (problems) => this.#problems(problems),
      sound: (experiment, change) => this.#sound(experiment, change),
    });
    this.#address = new Address(this.#laboratory);
    this.#form = new FormContext(this.#laboratory);
    this.#knobs = new Knobs(byId("knobs"), this.#form, () => renderForm(byId("form"), this.#form));
    this.#maps = new ExactMaps(
      mapHost(this.#form, this.#address, {
        backend: () => this.#runner.options.backend,
        measurements: () => this.#data.measurements,
      }),
    );
    this.#data = new OwnDataTab(dataHost(this.#form, this.#address, () => this.#tabs.open("data", true)));
    const offering = offeringOf(this.#form);
    this.#tabs = new Tabs(
      [
        distributionTab(),
        switchingTab(offering),
        fluctuationTab(offering),
        responseTab(),
        stackTab(() => void this.#questions.transport()),
        landscapeTab((time) => void this.#questions.landscape(time)),
        this.#maps,
        this.#data,
        this.#benchmarkTab,
      ],
      this.#board,
      (tab) => {
        this.#address.keep({ tab });
      },
    );
    const pausing = (paused: boolean) => {
      this.#board.paused = paused;
      this.#tabs.update();
    };
    const runs = { again: () => void this.#runner.again(), onward: () => void this.#runner.goOn() };
    this.#transport = new Transport(this.#simulation, runs, this.#sphere, pausing);
    const view = new RunView(this.#board, this.#tabs, this.#transport, this.#shading, this.#questions, {
      possible: () => this.#runner.mayGoOn,
      finished: () => this.#goOnByItself(),
    });
    const canvas = () => ({ canvas: this.#sphere.canvas(), size: this.#sphere.pixels });
    this.#runner = new Runner(this.#simulation, this.#exact, canvas, view);
    this.#simulation.on("benchmarking", (text) => this.#benchmarkTab.progress(text));
    const openTab = (tab: string) => this.#tabs.open(tab, true);
    new Files(this.#checker, this.#laboratory, this.#board, openTab, (files) => this.#data.open(files));
    fillPresets();
    listen({
      laboratory: this.#laboratory,
      address: this.#address,
      board: this.#board,
      tabs: this.#tabs,
      story: this.#story,
      opened: () => void this.#fromLink(),
    });
  }

  begin(): void {
    void this.#fromLink();
    // needed after a run; until then the browser has more important work
    setTimeout(
      () =>
        plotly().catch(() =>
          notice("plotly", "plotly could not be loaded: plots are shown only during a run.", "bad"),
        ),
      1200,
    );
  }

  /** Opens the content of the address; for a bad link a notice gives the reason, and the first preset runs. */
  async #fromLink(): Promise<void> {
    const { preset, experiment } = this.#address.read();
    Object.assign(this.#form, await this.#checker.call("descriptions", null));
    this.#applyOptions();
    const { tab, map, story } = this.#address.options;
    const shown = tabOfView(location.search) ?? tab ?? preset.tab;
    const chosen = storyOf(story);
    if (chosen) this.#story.open(chosen.story, chosen.step, false);
    this.#maps.ask(readMap(map));
    this.#tabs.open(shown);
    this.#shading.follow(this.#address);
    this.#data.follow(this.#address.options);
    await this.#laboratory.open(preset, experiment);
  }

  /** Shows the experiment of a step of a story in its tab. */
  #showStep({ preset, changes = {}, tab, map }: StoryStep, story: string): void {
    this.#maps.ask(map ?? null);
    this.#address.keep({ story, map: map && JSON.stringify(map) });
    void this.#laboratory.choose(preset, applied(preset.experiment, changes));
    this.#tabs.open(tab, true);
  }

  /** Runs of lasting states continue by themselves. */
  #goOnByItself(): void {
    const { run } = this.#runner;
    const wanted = () =>
      this.#laboratory.preset.lasts === true &&
      this.#runner.run === run &&
      this.#address.options.seconds !== 0;
    afterRest(wanted, () => void this.#runner.goOn());
  }

  #applyOptions(): void {
    const options = this.#machine.show(this.#address.options);
    this.#runner.options = { ...options, wallSeconds: this.#address.options.seconds ?? 14 };
  }

  #written(change: Change): void {
    const { preset } = this.#laboratory;
    showIdentity(this.#laboratory);
    if (change !== "value") renderForm(byId("form"), this.#form);
    if (change !== "value") this.#knobs.make(preset.knobs);
    else this.#knobs.show();
    this.#address.write();
  }

  #problems(problems: readonly InputError[]): void {
    const stray = this.#form.show(problems);
    const box = byId("stray");
    box.hidden = stray.length === 0;
    box.textContent = stray.map(describeInputError).join("\n");
    byId("controls").dataset.problems = String(problems.length);
    // a run of another experiment does not apply to this one
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
    const preset = this.#laboratory.preset;
    this.#shown = preset;
    if (change !== "value") {
      // now the defaults are known
      renderForm(byId("form"), this.#form);
    }
    const arrows = arrowsOf(experiment);
    this.#sphere.overlay.arrows = arrows;
    showLegend(arrows);
    this.#sphere.redraw();
    if (this.#tabs.present === "maps") this.#tabs.update();
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(
      () => {
        void this.#runner.start(experiment, change === "value");
        // these would delay the check of the next value of a slider
        void this.#shading.of(experiment, preset);
        void this.#derived.show(experiment);
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
    // the measurement should not share the machine with the displayed run
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
