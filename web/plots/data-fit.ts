import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { readable } from "../../src/figures/readable.ts";
import { fitRows } from "../../src/report/fit-figures.ts";
import type { ExperimentFit } from "../../src/run/fit.ts";
import { element } from "../elements/element.ts";
import { figuresTable } from "../elements/figures-table.ts";
import type { DataDesk } from "../state/data-desk.ts";
import type { PlainObject } from "../values/difference.ts";
import { withValue } from "../values/difference.ts";
import type { Board } from "./board.ts";
import type { Variable } from "./map-controls.ts";
import { titleOf } from "./map-drawing.ts";

/** Choice of the fitted numbers of the experiment, progress of the fit, and its result. */
export class DataFit {
  readonly node: HTMLElement;
  readonly #desk: DataDesk;
  readonly #use: (settings: Readonly<Record<string, number>>) => void;
  readonly #choices = element("fieldset", { class: "signals" });
  readonly #buttons = element("p", { class: "map-state" });
  readonly #state = element("p", { class: "meaning", role: "status" });
  readonly #result = element("div", {});
  #free: string[] = [];
  #board: Board | undefined;
  #words: (path: string) => string = (path) => path;
  #key = "";

  /** `use`: sets numbers of the experiment. */
  constructor(desk: DataDesk, use: (settings: Readonly<Record<string, number>>) => void) {
    this.#desk = desk;
    this.#use = use;
    this.node = element(
      "section",
      { class: "panel data-fit" },
      element("h3", {}, "Fit of the experiment"),
      this.#choices,
      this.#buttons,
      this.#state,
      this.#result,
    );
  }

  update(board: Board, variables: readonly Variable[]): void {
    this.#board = board;
    const { data, fit, fitting, fitReason, best } = this.#desk;
    this.node.hidden = data === null;
    if (!data) return;
    // settings of the measurements are not free parameters of the model
    const set = new Set(data.measurements.flatMap(({ settings }) => Object.keys(settings)));
    const possible = variables.filter(({ path }) => !set.has(path));
    this.#words = (path) => {
      const found = possible.find((variable) => variable.path === path);
      return found ? titleOf({ ...found, unit: found.unit }) : path;
    };
    const key = JSON.stringify([possible.map(({ path }) => path), board.experiment?.name]);
    if (key !== this.#key) {
      this.#key = key;
      this.#offer(possible, board.experiment?.name ?? "the experiment");
    }
    this.#showButtons();
    this.#state.textContent =
      fitting ?? (fitReason === null ? "" : `${fitReason}${best && !fit ? stoppedAt(best.chiSquared) : ""}`);
    this.#result.replaceChildren(...(fit ? this.#found(fit) : []));
  }

  #offer(possible: readonly Variable[], name: string): void {
    this.#free = this.#free.filter((path) => possible.some((variable) => variable.path === path));
    this.#choices.replaceChildren(
      element("legend", {}, `numbers of “${name}” that are fitted, from their present values`),
      ...possible.map(({ path, name, unit }) => {
        const box = element("input", { type: "checkbox", value: path, checked: this.#free.includes(path) });
        box.addEventListener("change", () => {
          this.#free = possible
            .map((variable) => variable.path)
            .filter((other) => (other === path ? box.checked : this.#free.includes(other)));
          this.#showButtons();
        });
        return element("label", { title: path }, box, ` ${titleOf({ name, unit })}`);
      }),
    );
  }

  /** Numbers from a fit, or the best so far from a stopped one. */
  get #values(): readonly (readonly [string, number])[] {
    const found = this.#desk.fit ?? this.#desk.best;
    return found?.names.map((name, i) => [name, Number(found.values[i].toPrecision(6))] as const) ?? [];
  }

  #start(profile: boolean): void {
    const experiment = this.#board?.experiment;
    if (!experiment) return;
    const { fit } = this.#desk;
    if (!profile || !fit) return void this.#desk.fitTo(experiment, this.#free, false);
    const at = this.#values.reduce<PlainObject>(
      (value, [path, x]) => withValue(value, path, x),
      experiment as unknown as PlainObject,
    );
    void this.#desk.fitTo(at as unknown as CompletedExperiment, fit.names, true);
  }

  #showButtons(): void {
    const { fit, fitting } = this.#desk;
    const isFitting = fitting !== null;
    const mayFit = this.#free.length > 0 && this.#board?.experiment;
    const mayProfile = fit?.outcome === "converged" && !fit.profile;
    const key = `${isFitting} ${Boolean(mayFit)} ${mayProfile} ${JSON.stringify(this.#values)}`;
    if (key === this.#buttons.dataset.of) return;
    this.#buttons.dataset.of = key;
    const button = (text: string, click: () => void, disabled = false): HTMLElement =>
      element("button", { type: "button", click, disabled }, text);
    this.#buttons.replaceChildren(
      ...(isFitting
        ? [button("Stop", () => this.#desk.stop())]
        : [
            button("Fit", () => this.#start(false), !mayFit),
            ...(mayProfile ? [button("Intervals from the profile", () => this.#start(true))] : []),
            ...(this.#values.length > 0
              ? [button("Use these values", () => this.#use(Object.fromEntries(this.#values)))]
              : []),
          ]),
    );
  }

  #found(fit: ExperimentFit): HTMLElement[] {
    const { profile } = fit;
    const verdict = `χ² = ${readable(fit.chiSquared)} with ${fit.degreesOfFreedom} degrees of freedom${fit.pValue === null ? "" : `, p = ${readable(fit.pValue)}`}; ${fit.outcome}${fit.reason ? `: ${fit.reason}` : ""}`;
    if (!Number.isFinite(fit.chiSquared))
      return [element("p", { class: "error" }, fit.reason ?? fit.outcome)];
    const rows = fitRows(fit).map(([name, value, interval], i) => [
      this.#words(name),
      value,
      interval,
      ...(profile ? [`${readable(profile[i]?.low)} … ${readable(profile[i]?.high)}`] : []),
    ]);
    const heads = ["parameter", "value", "95 % interval", ...(profile ? ["from the profile of χ²"] : [])];
    const { correlation, names } = fit;
    return [
      figuresTable("fitted parameters", heads, rows, { stacked: true }),
      element("p", { class: "meaning" }, verdict),
      ...(correlation && names.length > 1
        ? [
            figuresTable(
              "correlation of the parameters",
              ["correlation", ...names.map(this.#words)],
              names.map((name, i) => [this.#words(name), ...correlation[i].map(readable)]),
            ),
          ]
        : []),
    ];
  }
}

const stoppedAt = (chiSquared: number): string =>
  ` The least χ² so far is ${readable(chiSquared)}; its values can be used to go on from there.`;
