import type { MeasuredTrace } from "../traces/measured-trace.ts";
import type { Measurement } from "./measurement.ts";

/** Mean dwell times with errors, one line per trace, as `spinsemble fit` reads them. */
export function tauTable(traces: readonly MeasuredTrace[]): string {
  const name = traces[0]?.setting?.name;
  const columns = ["tau_up", "tau_up_error", "tau_down", "tau_down_error", "tau_correlation"];
  const head = [...(name === undefined ? [] : [name]), ...columns];
  const rows = traces.map(({ setting, analysis: { dwell } }) => [
    ...(name === undefined ? [] : [setting?.value ?? ""]),
    dwell.up.mean,
    dwell.up.standardError,
    dwell.down.mean,
    dwell.down.standardError,
    dwell.correlation,
  ]);
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** The same as measurements for the fit. */
export const measurementsOf = (traces: readonly MeasuredTrace[]): Measurement[] =>
  traces.map(({ setting, analysis: { dwell } }) => ({
    settings: setting ? { [setting.name]: setting.value } : {},
    values: {
      tau_up: { value: dwell.up.mean, error: dwell.up.standardError },
      tau_down: { value: dwell.down.mean, error: dwell.down.standardError },
    },
    correlation: dwell.correlation,
  }));
