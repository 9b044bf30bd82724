import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { mz } from "../../src/expression/vector.ts";
import { readable } from "../../src/figures/readable.ts";
import { element } from "../elements/element.ts";
import type { Plain } from "../values/difference.ts";
import { hasPulse, heldPulses } from "../values/held-pulses.ts";
import { withPrefix } from "../values/number.ts";
import type { Remote } from "../workers/client.ts";
import { connect } from "../workers/client.ts";
import type { CellCalls, Lasting } from "../workers/messages.ts";
import type { Board } from "./board.ts";

const year = 365.25 * 86_400;
const tenYears = 10 * year;

/** A read pulse: its height as a share of the write pulse, and its length in s. */
const usual = { share: 0.1, seconds: 1e-8 };

/** Condition for a spin to have left its side: well beyond the barrier, from where none returns. */
const lost = { up: `${mz} < -0.5`, down: `${mz} > 0.5` } as const;

const timeText = (seconds: number): string =>
  seconds < year ? withPrefix(seconds, "s", 4) : `${readable(seconds / year)} years`;

const lifetimeText = ({ meanLifetime, reason }: Lasting): string =>
  meanLifetime === null ? `not known: ${reason}` : timeText(meanLifetime);
const chanceText = ({ probability, reason }: Lasting): string =>
  probability === null ? `not known: ${reason}` : readable(probability);

/** How long the written junction keeps its bit, without a current and during reading; exact. */
export class AtRest {
  readonly node: HTMLElement = element("section", { class: "panel", hidden: true, "data-panel": "at-rest" });
  readonly #table = element("table", { class: "figures" });
  readonly #share = this.#input("read current, share of the write pulse", usual.share);
  readonly #seconds = this.#input("read time in s", usual.seconds);
  #board: Board | undefined;
  #asked = "";
  #worker: Remote<CellCalls> | null = null;

  constructor() {
    this.node.append(
      element("h3", {}, "The same junction, not written"),
      element(
        "p",
        { class: "map-axis" },
        element("label", {}, "read at ", this.#share, " of the write pulse"),
        element("label", {}, "for ", this.#seconds, " s"),
      ),
      this.#table,
    );
  }

  #input(label: string, value: number): HTMLInputElement {
    const input = element("input", {
      type: "text",
      inputmode: "decimal",
      class: "number",
      "aria-label": label,
    });
    input.value = String(value);
    input.addEventListener("change", () => this.#board && this.update(this.#board));
    return input;
  }

  update(board: Board): void {
    this.#board = board;
    const { experiment, result } = board;
    const side = result?.fokkerPlanck?.notSwitched?.side;
    const written = experiment as unknown as Plain;
    // ten years need times in seconds
    this.node.hidden = !experiment || !side || board.timeUnit !== "s" || !hasPulse(written);
    if (this.node.hidden || !experiment || !side) return;
    const [share, seconds] = [Number(this.#share.value), Number(this.#seconds.value)];
    const sound = Number.isFinite(share) && seconds > 0;
    const key = JSON.stringify([experiment, side, share, seconds]);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#show(sound ? "being computed" : "the read current must be a number, and the read time above 0 s");
    if (sound) void this.#ask(experiment, lost[side], { share, seconds });
  }

  async #ask(
    experiment: CompletedExperiment,
    until: string,
    { share, seconds }: typeof usual,
  ): Promise<void> {
    this.#worker?.end();
    const worker = connect<CellCalls>("cells", (message) => this.#show(message));
    this.#worker = worker;
    const held = (at: number): CompletedExperiment =>
      heldPulses(experiment as unknown as Plain, at) as unknown as CompletedExperiment;
    const of = (at: number, within: number) =>
      worker.call("lasting", { experiment: held(at), until, seconds: within });
    const [kept, read] = [await of(0, tenYears), await of(share, seconds)];
    if (worker !== this.#worker) return;
    worker.end();
    this.#worker = null;
    const row = (name: string, first: string, second: string) =>
      element(
        "tr",
        { "data-rest": name.split(",")[0] },
        element("th", { scope: "row" }, name),
        element("td", {}, first),
        element("td", {}, second),
      );
    this.#table.replaceChildren(
      element(
        "tr",
        {},
        element("td", {}),
        element("th", { scope: "col" }, "mean lifetime, exact"),
        element("th", { scope: "col" }, "probability of a loss"),
      ),
      row("kept, no current", lifetimeText(kept), `${chanceText(kept)} within ten years`),
      row("read", lifetimeText(read), `${chanceText(read)} within ${timeText(seconds)}`),
      element(
        "tr",
        {},
        element(
          "td",
          { colspan: 3 },
          `A bit is lost where ${until.replace("-", "−")} is reached for the first time.`,
        ),
      ),
    );
  }

  #show(text: string): void {
    this.#table.replaceChildren(element("tr", {}, element("td", {}, text)));
  }
}
