import { element } from "../elements/element.ts";
import type { DataDesk } from "../state/data-desk.ts";

const formats =
  "CSV and other text, NumPy .npy and .npz, MATLAB .mat (-v7), Tektronix .isf and .wfm, LeCroy .trc, NI TDMS; or a table with the columns tau_up, tau_up_error, tau_down, tau_down_error or p_up, p_up_error, and what was varied";

/** Actions of the buttons. */
export interface DataActions {
  choose(): void;
  example(): void;
  save(): void;
  close(): void;
}

/** Which data are open, how much of them a link contains, and the possible actions. */
function whatIsOpen({ data, files }: DataDesk): string {
  if (!data)
    return `Drop files here, or choose them: ${formats}. They are read and analysed on this machine and sent nowhere.`;
  const { traces, packed, measurements } = data;
  const [only] = traces;
  const what =
    traces.length > 1
      ? `${traces.length} traces`
      : only
        ? `${only.file}, ${only.column}: ${only.analysis.samples} samples`
        : `${files[0]?.name}: ${measurements.length} measurements`;
  const kept = packed?.isWhole
    ? "The link holds these data; they are sent nowhere."
    : packed
      ? "The link holds the dwell times alone: the files are too large for it and stay on this machine."
      : "Too large for a link: the data stay on this machine.";
  return `${what}. ${kept}`;
}

/** What is missing before there are figures; a reason in the table of a trace is not repeated. */
function whatIsMissing({ data, asks, beside }: DataDesk): string {
  if (asks) return `${asks.text}.`;
  const reason = data?.traces.length === 0 && beside?.points.find((point) => point.reason)?.reason;
  return reason ? `No exact values of the experiment: ${reason}.` : "";
}

/** The head of measured data: open files, questions, buttons, and the choice of one of several traces. */
export class DataHead {
  readonly nodes: readonly HTMLElement[];
  readonly #desk: DataDesk;
  readonly #actions: DataActions;
  readonly #open = element("p", { class: "meaning" });
  readonly #asks = element("p", { class: "asks", role: "status", hidden: true });
  readonly #buttons = element("p", { class: "map-state" });
  readonly #shown = element("select", { "aria-label": "trace that is shown", hidden: true });

  /** `changed`: another trace was chosen. */
  constructor(desk: DataDesk, actions: DataActions, changed: () => void) {
    this.#desk = desk;
    this.#actions = actions;
    this.#shown.addEventListener("change", changed);
    this.nodes = [this.#open, this.#buttons, this.#asks];
  }

  /** Index of the trace that is shown. */
  get at(): number {
    return Math.max(0, this.#shown.selectedIndex);
  }

  update(): void {
    this.#open.textContent = whatIsOpen(this.#desk);
    const missing = whatIsMissing(this.#desk);
    this.#asks.hidden = missing === "";
    this.#asks.textContent = missing;
    this.#showButtons();
    this.#showNames();
  }

  #showButtons(): void {
    const { isReading, files, data } = this.#desk;
    const key = `${isReading} ${files.length > 0} ${data !== null}`;
    if (this.#buttons.dataset.of === key) return;
    this.#buttons.dataset.of = key;
    const button = (name: string, click: () => void) => element("button", { type: "button", click }, name);
    const { choose, example, save, close } = this.#actions;
    const possible = isReading
      ? [button("Stop", () => this.#desk.stop())]
      : files.length === 0
        ? [button("Choose files", choose), button("Try an example", example)]
        : [
            button("Choose other files", choose),
            ...(data ? [button("Save dwell times", save)] : []),
            button("Close", close),
          ];
    this.#buttons.replaceChildren(...possible, this.#shown);
  }

  #showNames(): void {
    const names = this.#desk.data?.traces.map(({ file, column, setting }) =>
      setting ? `${setting.value}: ${file}` : `${file}, ${column}`,
    );
    this.#shown.hidden = !names || names.length < 2;
    if (this.#shown.dataset.of === names?.join()) return;
    this.#shown.dataset.of = names?.join() ?? "";
    this.#shown.replaceChildren(...(names ?? []).map((name) => element("option", {}, name)));
  }
}
