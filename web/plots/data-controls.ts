import { upLevels } from "../../src/traces/up-level.ts";
import { element } from "../elements/element.ts";
import type { DataDesk } from "../state/data-desk.ts";
import type { Reading } from "../workers/data-messages.ts";
import type { Variable } from "./map-controls.ts";

/** A typed number, undefined for an empty field, or its problem. */
function typed(input: HTMLInputElement): number | undefined {
  const text = input.value.trim().replace(",", ".");
  if (text === "") return undefined;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${input.ariaLabel} must be a number > 0`);
  return value;
}

const field = (label: string, unit: string, value: string, placeholder: string): HTMLInputElement =>
  element("input", {
    type: "text",
    class: "number",
    inputmode: "decimal",
    "aria-label": label,
    title: unit,
    value,
    placeholder,
  });

/** Data that files may lack: the choice of signals, the time between samples, the swept parameter. */
export class DataControls {
  readonly node: HTMLElement = element("form", { class: "data-controls", autocomplete: "off" });
  readonly #desk: DataDesk;
  readonly #problem = element("p", { class: "error", role: "alert", hidden: true });
  #read: () => Reading = () => ({});
  #key = "";

  constructor(desk: DataDesk) {
    this.#desk = desk;
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  #submit(): void {
    try {
      const reading = this.#read();
      this.#problem.hidden = true;
      void this.#desk.open(this.#desk.files, reading);
    } catch (error) {
      this.#problem.textContent = (error as Error).message;
      this.#problem.hidden = false;
    }
  }

  /** Fields for the open files; typed values stay until others are opened. */
  update(variables: readonly Variable[]): void {
    const { files, reading, data, asks } = this.#desk;
    const signals = asks?.signals ?? data?.signals ?? [];
    const isTable = data !== null && data.traces.length === 0;
    this.node.hidden = files.length === 0 || isTable;
    const named = variables.map(({ path, name }) => [path, name]);
    const key = JSON.stringify([files.map(({ name, size }) => [name, size]), reading, signals, named]);
    if (key === this.#key) return;
    this.#key = key;
    this.#make(signals, variables);
  }

  #make(signals: readonly string[], variables: readonly Variable[]): void {
    const { reading, files } = this.#desk;
    const text = (value: unknown): string => (value === undefined ? "" : String(value));
    const time = field("time between samples", "s", text(reading.sampleTime), "from the file");
    const bandwidth = field(
      "bandwidth",
      "Hz",
      reading.bandwidth === null ? "none" : text(reading.bandwidth),
      "found, or none",
    );
    const levels = field("levels", "", text(reading.levels), "2");
    const up = element(
      "select",
      { "aria-label": "level that counts as up" },
      ...upLevels.map((level) => element("option", { value: level, selected: level === reading.up }, level)),
    );
    const mains = field("removed line", "Hz", text(reading.mains), "none");
    const drift = field("removed drift", "s", text(reading.drift), "none");
    const boxes = signals.map((name) =>
      element("input", { type: "checkbox", value: name, checked: reading.columns?.includes(name) ?? false }),
    );
    const swept = element(
      "select",
      { "aria-label": "what was swept" },
      element("option", { value: "" }, "nothing"),
      ...variables.map(({ path, name }) =>
        element("option", { value: path, selected: path === reading.swept, title: path }, name),
      ),
    );
    const values = field("swept values", "", reading.values?.join(", ") ?? "", "from the names");
    values.classList.add("long");
    this.#read = () => {
      const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value);
      const list = values.value.trim() === "" ? undefined : values.value.split(/[,;\s]+/).map(Number);
      if (list?.some((value) => !Number.isFinite(value)))
        throw new RangeError("swept values must be numbers, separated by commas");
      return {
        columns: chosen.length > 0 ? chosen : undefined,
        sampleTime: typed(time),
        bandwidth: bandwidth.value.trim() === "none" ? null : typed(bandwidth),
        levels: typed(levels),
        // the default stays out of links
        up: upLevels.slice(1).find((level) => level === up.value),
        mains: typed(mains),
        drift: typed(drift),
        ...(swept.value === "" ? {} : { swept: swept.value, values: list }),
      };
    };
    const labelled = (label: string, unit: string, input: HTMLElement): HTMLElement =>
      element("label", {}, `${label} `, input, unit ? element("span", { class: "unit" }, ` ${unit}`) : null);
    const many = files.length > 1 || signals.length > 1;
    this.node.replaceChildren(
      ...(signals.length > 1
        ? [
            element(
              "fieldset",
              { class: "signals" },
              element("legend", {}, "signals"),
              ...signals.map((name, i) => element("label", {}, boxes[i], ` ${name}`)),
            ),
          ]
        : []),
      labelled("time between samples", "s", time),
      labelled("bandwidth", "Hz", bandwidth),
      labelled("levels", "", levels),
      labelled("up: the", "level", up),
      labelled("removed line", "Hz", mains),
      labelled("removed drift", "s", drift),
      ...(many ? [labelled("swept", "", swept), labelled("at", "", values)] : []),
      element("button", { type: "submit" }, "Read again"),
      this.#problem,
    );
  }
}
