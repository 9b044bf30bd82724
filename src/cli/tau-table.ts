import type { MeasuredTrace } from "./read-traces.ts";

/** Mean dwell times with errors, one line a trace: what `spinsemble fit` reads. */
export function tauTable(traces: readonly MeasuredTrace[]): string {
  const name = traces[0]?.setting?.name;
  const head = [
    ...(name === undefined ? [] : [name]),
    "tau_up",
    "tau_up_error",
    "tau_down",
    "tau_down_error",
  ];
  const rows = traces.map(({ setting, analysis: { dwell } }) => [
    ...(name === undefined ? [] : [setting?.value ?? ""]),
    dwell.up.mean,
    dwell.up.standardError,
    dwell.down.mean,
    dwell.down.standardError,
  ]);
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}
