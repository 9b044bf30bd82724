import { timeUnitOf } from "../../src/experiment/natural-units.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { byId, element } from "../elements/element.ts";
import type { Preset } from "../presets/preset.ts";
import { withUnit } from "../values/number.ts";
import type { Remote } from "../workers/client.ts";
import type {
  CheckerCalls,
  ExactCalls,
  Live,
  Shading,
  SimulationCalls,
  SimulationEvents,
  Started,
} from "../workers/messages.ts";
import type { SphereView } from "./view.ts";

/** The exact side pauses for this multiple of the time of an answer, because the verdict waits for it too. */
const rest = 3;

interface Link {
  readonly options: { readonly sphere?: string | undefined; readonly lines?: string | undefined };
  keep(options: Link["options"]): void;
}

/** Content of the sphere in addition to its arrows: spins or densities, and lines of equal energy. */
export class SphereShading {
  #shading: Shading = "spins";
  #started: Started | null = null;
  #step = 0;
  #asking = false;
  /** Step of the displayed exact density. */
  #shown = -1;
  #preset = "";
  readonly #simulation: Remote<SimulationCalls, SimulationEvents>;
  readonly #exact: Remote<ExactCalls>;
  readonly #checker: Remote<CheckerCalls>;
  #link: Link | null = null;
  readonly sphere: SphereView;

  constructor(
    simulation: Remote<SimulationCalls, SimulationEvents>,
    exact: Remote<ExactCalls>,
    checker: Remote<CheckerCalls>,
    sphere: SphereView,
  ) {
    this.#simulation = simulation;
    this.#exact = exact;
    this.#checker = checker;
    this.sphere = sphere;
    byId("sphere-shows").append(...choices());
    const select = byId<HTMLSelectElement>("shading");
    select.addEventListener("change", () => {
      const chosen = select.value as Shading;
      this.#choose(chosen);
      this.#link?.keep({ sphere: chosen === "spins" ? undefined : chosen });
    });
    const lines = byId<HTMLInputElement>("energy-lines");
    lines.addEventListener("change", () => {
      this.#draw(lines.checked);
      this.#link?.keep({ lines: lines.checked ? undefined : "off" });
    });
  }

  /**
   * Shows the content that a link requests, or spins if the request is unknown; later choices are stored in the link.
   */
  follow(link: Link): void {
    this.#link = link;
    const select = byId<HTMLSelectElement>("shading");
    const found = [...select.options].find(({ value }) => value === link.options.sphere) ?? select.options[0];
    select.value = found.value;
    if (found.value !== this.#shading) this.#choose(found.value as Shading);
    const lines = byId<HTMLInputElement>("energy-lines");
    lines.checked = link.options.lines !== "off";
    this.#draw(lines.checked);
  }

  #draw(lines: boolean): void {
    this.sphere.overlay.linesShown = lines;
    this.sphere.redraw();
  }

  #choose(shading: Shading): void {
    this.#shading = shading;
    this.#shown = -1;
    this.sphere.overlay.dense = shading !== "spins";
    void this.#simulation.call("shading", shading);
    this.#say(shading === "halves" ? "is being computed" : null);
    void this.#ask();
  }

  /** Names the halves; `exact` describes the right one. */
  #say(exact: string | null): void {
    this.sphere.overlay.halves = exact === null ? null : ["ensemble", `exact ${exact}`];
    this.sphere.redraw();
  }

  /** Lines of another experiment, and the camera of another preset. */
  async of(experiment: CompletedExperiment, { id, from }: Pick<Preset, "id" | "from">): Promise<void> {
    if (id !== this.#preset) this.sphere.from(from);
    this.#preset = id;
    const found = await this.#checker.call("energyLines", experiment).catch(() => null);
    this.sphere.overlay.lines = found?.lines ?? null;
    byId("energy-lines-every").textContent = found ? `V every ${found.every} kT` : "no V";
    this.sphere.redraw();
  }

  started(started: Started): void {
    this.#started = started;
    this.#step = 0;
    this.#shown = -1;
    void this.#simulation.call("exactMap", null);
    if (this.#shading === "halves") this.#say("is being computed");
  }

  /** Called for every record of a run. */
  moved(live: Live): void {
    if (!live.bins || live.step === 0) return;
    this.#step = live.step;
    void this.#ask();
  }

  /** The exact density at the last record, one question at a time. */
  async #ask(): Promise<void> {
    const [started, step] = [this.#started, this.#step];
    if (this.#shading !== "halves" || this.#asking || !started || step === 0 || step === this.#shown) return;
    this.#asking = true;
    const began = performance.now();
    const map = await this.#exact.call("map", { run: started.run, step }).catch(() => null);
    if (this.#started === started && this.#shading === "halves") {
      this.#shown = step;
      void this.#simulation.call("exactMap", map?.probabilities ?? null);
      const when = `at ${withUnit(step * started.timeStep, timeUnitOf(started), 3)}`;
      this.#say(map?.probabilities ? when : "not known");
      byId("sphere-reason").textContent = map?.reason ? `No exact density: ${map.reason}.` : "";
    }
    setTimeout(
      () => {
        this.#asking = false;
        void this.#ask();
      },
      rest * (performance.now() - began),
    );
  }
}

/** Choices of what the sphere shows. */
const choices = (): HTMLElement[] => [
  element(
    "label",
    { title: "lines of equal energy" },
    element("input", { type: "checkbox", id: "energy-lines", checked: true }),
    " ",
    element("span", { id: "energy-lines-every" }, "V"),
  ),
  element(
    "select",
    { id: "shading", "aria-label": "what the sphere shows" },
    element("option", { value: "spins" }, "spins"),
    element("option", { value: "density" }, "density"),
    element("option", { value: "halves" }, "half exact"),
  ),
  element("span", { id: "sphere-reason", role: "status" }),
];
