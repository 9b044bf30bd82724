import type { Tab } from "../plots/tab.ts";
import { saveText } from "../save/save.ts";
import type { BenchmarkReport } from "../workers/messages.ts";
import { element } from "./element.ts";
import { withPrefix } from "./number.ts";

/** Speed of this machine on the present experiment, behind a test against Boltzmann's distribution. */
export function benchmarkTab(run: () => Promise<BenchmarkReport>): Tab {
  let report: BenchmarkReport | undefined;
  const table = element("table", { class: "figures" });
  const note = element("p", { class: "note", role: "status" });
  const line = (name: string, value: string) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));
  const start = element("button", { type: "button", id: "benchmark" }, "Measure");
  const save = element("button", { type: "button", disabled: true }, "JSON");
  start.addEventListener("click", async () => {
    start.disabled = true;
    note.textContent =
      "Checking against Boltzmann, then measuring. The run on the sphere is stopped meanwhile.";
    try {
      report = await run();
      const [found] = report.results;
      const { gate } = report;
      table.replaceChildren(
        line(
          "gate",
          `${gate.passed ? "passed" : "failed"}: ${gate.checks.map(({ name, pValue }) => `${name}, p = ${pValue.toPrecision(3)}`).join("; ")}`,
        ),
        line(
          "spin-steps per second",
          gate.passed ? withPrefix(found.spinStepsPerSecond, "", 4) : "not given: the gate failed",
        ),
        line("repeats", found.repeats.map((x) => withPrefix(x)).join(", ")),
        line("backend", `${found.backend}, ${found.adapter}`),
        line(
          "scheme",
          `${found.integrator}, ${found.variates} noise, ${withPrefix(found.spins)} spins, ${found.steps} steps a repeat`,
        ),
      );
      note.textContent = "Median of five repeats after a warm-up.";
      save.disabled = false;
    } catch (error) {
      note.textContent = `The measurement failed: ${error instanceof Error ? error.message : error}`;
    } finally {
      start.disabled = false;
    }
  });
  save.addEventListener("click", () => {
    if (report) saveText("benchmark.json", `${JSON.stringify(report, null, 2)}\n`, "application/json");
  });
  return {
    id: "benchmark",
    title: "Benchmark",
    node: element(
      "div",
      { class: "panels" },
      element(
        "section",
        { class: "panel wide" },
        element("header", {}, element("h3", {}, "Speed on this machine"), start, save),
        note,
        table,
      ),
    ),
    update() {},
  };
}
