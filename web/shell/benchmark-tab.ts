import type { PublishedRatio } from "../../src/bench/published.ts";
import { againstPublished, fastest } from "../../src/bench/published.ts";
import type { BenchResult, BenchRow } from "../../src/bench/run-bench.ts";
import type { BackendName } from "../../src/ensemble/backends.ts";
import { aboutBackends, backendNames } from "../../src/ensemble/backends.ts";
import { element } from "../elements/element.ts";
import { figuresTable } from "../elements/figures-table.ts";
import type { Tab } from "../plots/tab.ts";
import { saveText } from "../save/save.ts";
import { withPrefix, withUnit } from "../values/number.ts";
import type { BenchmarkRequest } from "../workers/messages.ts";

const captioned = { captioned: true, rowHeads: false };

const figure = (x: number): string => String(Number(x.toPrecision(4)));

const gateTable = ({ gate }: BenchResult): HTMLElement =>
  figuresTable(
    `Gate: ${gate.passed ? "passed" : "failed"}`,
    ["", "backend", "scheme", "what", "found", "exact", "tolerance"],
    gate.checks.map(({ passed, backend, integrator, variates, name, value, exact, tolerance }) => [
      passed ? "✓" : "✗",
      backend,
      `${integrator}, ${variates}`,
      name,
      figure(value),
      figure(exact),
      `± ${tolerance.toPrecision(2)}`,
    ]),
    captioned,
  );

const schemeOf = ({ integrator, variates, threads }: BenchRow): string =>
  `${integrator}, ${variates}${threads ? `, ${threads} thread${threads === 1 ? "" : "s"}` : ""}`;

const rateTable = ({ results, absent }: BenchResult): HTMLElement =>
  figuresTable(
    "Spin-steps per second on this machine",
    ["rate", "what", "backend", "scheme", "spins"],
    [
      ...results.map((row) => [
        row.spinStepsPerSecond === null
          ? (row.reason ?? "–")
          : element("b", {}, withUnit(row.spinStepsPerSecond, "1/s", 3)),
        row.name,
        element("span", { title: row.adapter }, row.backend),
        schemeOf(row),
        withPrefix(row.spins),
      ]),
      ...absent.map(({ backend, reason }) => ["not here", reason, backend, "", ""]),
    ],
    captioned,
  );

const soft = (text: string): HTMLElement => element("div", { class: "meaning" }, text);

const publishedTable = (row: BenchRow, ratios: readonly PublishedRatio[]): HTMLElement =>
  figuresTable(
    `The fastest bare step loop here (${row.backend}, ${schemeOf(row)}) over published rates`,
    ["ratio", "program", "its rate", "source"],
    ratios.map(({ ratio, program, step, machine, stepsPerSecond, source }) => [
      element("b", {}, `× ${Number(ratio.toPrecision(3))}`),
      element("div", {}, program, soft(`${step}; ${machine}`)),
      withUnit(stepsPerSecond, "1/s", 3),
      soft(source),
    ]),
    captioned,
  );

const choices: readonly (readonly [BackendName | "auto", string])[] = [
  ["auto", "all backends"],
  ...backendNames.map((name) => [name, aboutBackends[name].label] as const),
];

/** The benchmark of the command line, with its gate, and published rates of other programs. */
export class BenchmarkTab implements Tab {
  readonly id = "benchmark";
  readonly title = "Benchmark";
  readonly node: HTMLElement;
  #result: BenchResult | undefined;
  readonly #run: (request: BenchmarkRequest) => Promise<BenchResult>;
  readonly #note = element(
    "p",
    { class: "note", role: "status" },
    "Times the same step loops as the command bench, each backend only after it has passed its gate.",
  );
  readonly #found = element("div", { id: "benchmark-found" });
  readonly #start = element("button", { type: "button", id: "benchmark" }, "Measure");
  readonly #save = element("button", { type: "button", id: "benchmark-json", disabled: true }, "JSON");
  readonly #backend = element(
    "select",
    { "aria-label": "backend to measure", id: "benchmark-backend" },
    ...choices.map(([value, name]) => element("option", { value }, name)),
  );
  readonly #bare = element("input", { type: "checkbox", id: "benchmark-bare" });

  constructor(run: (request: BenchmarkRequest) => Promise<BenchResult>) {
    this.#run = run;
    this.#start.addEventListener("click", () => void this.#measure());
    this.#save.addEventListener("click", () => {
      if (this.#result)
        saveText("benchmark.json", `${JSON.stringify(this.#result, null, 2)}\n`, "application/json");
    });
    const bare = element("label", {}, this.#bare, " step loop alone");
    this.node = element(
      "div",
      { class: "panels" },
      element(
        "section",
        { class: "panel wide" },
        element(
          "header",
          {},
          element("h3", {}, "Speed on this machine"),
          element("div", { class: "choices" }, this.#backend, bare, this.#start, this.#save),
        ),
        this.#note,
        this.#found,
      ),
    );
  }

  update(): void {}

  progress(text: string): void {
    this.#note.textContent = `The run on the sphere is stopped meanwhile. ${text} …`;
  }

  async #measure(): Promise<void> {
    this.#start.disabled = true;
    this.progress("starting");
    try {
      const result = await this.#run({
        backend: this.#backend.value as BackendName | "auto",
        bareOnly: this.#bare.checked,
      });
      this.#show(result);
    } catch (error) {
      this.#note.textContent = `The measurement failed: ${error instanceof Error ? error.message : error}`;
    } finally {
      this.#start.disabled = false;
    }
  }

  #show(result: BenchResult): void {
    this.#result = result;
    this.#save.disabled = false;
    const row = fastest(result.results);
    this.#found.replaceChildren(
      ...(row ? [publishedTable(row, againstPublished(row))] : []),
      rateTable(result),
      gateTable(result),
    );
    const { threads, runtime } = result.machine;
    this.#note.textContent = `Medians of five repeats after a warm-up; ${threads} threads, ${runtime}. Published rates are from other machines and mostly for other equations: they show the order of magnitude, not which program is faster.`;
  }
}
