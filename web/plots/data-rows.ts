import { traceColumns, traceRows } from "../../src/report/trace-rows.ts";
import type { ModelValues } from "../../src/run/model-beside.ts";
import type { MeasuredTrace } from "../../src/traces/measured-trace.ts";
import { element } from "../elements/element.ts";
import { figuresTable } from "../elements/figures-table.ts";
import { withPrefix } from "../values/number.ts";

/** Figures of a trace with their errors, those by thresholds, the exact ones of the experiment, and warnings. */
export function tracesTable(trace: MeasuredTrace, exact: ModelValues | undefined): HTMLElement[] {
  const { warnings } = trace.analysis;
  const beside = [exact?.values.tau_up, exact?.values.tau_down];
  const rows = traceRows(trace).map((row, i) => {
    const value = beside[i];
    return [...row, value === undefined ? "—" : withPrefix(value, "s", 4)];
  });
  const reason = exact?.reason ? `No exact dwell times of the experiment: ${exact.reason}.` : "";
  return [
    element("h3", {}, "In figures"),
    figuresTable("figures of the trace", [...traceColumns, "exact, of the experiment"], rows, {
      stacked: true,
    }),
    ...(reason ? [element("p", { class: "meaning" }, reason)] : []),
    ...(warnings.length > 0
      ? [
          element("h3", {}, "Warnings"),
          element("ul", { class: "warnings" }, ...warnings.map((one) => element("li", {}, one))),
        ]
      : []),
  ];
}
