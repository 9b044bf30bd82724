import { kolmogorovSmirnov } from "./kinds.ts";

/** Result of one run. */
export interface Row {
  readonly configuration: string;
  readonly ensemble: number;
  readonly seed: number;
  readonly passed: boolean;
  /** Whether nothing was tested, or a bound on the step was broken, so that the run does not count. */
  readonly tested: number;
  readonly broken: readonly string[];
  readonly p: readonly { readonly kind: string; readonly value: number; readonly agrees: boolean }[];
  readonly declined: readonly string[];
}

const percent = (x: number, n: number): string =>
  n === 0 ? "" : `${((100 * x) / n).toFixed(n >= 1000 ? 2 : 1)} %`;
const short = (p: number): string => (p >= 0.001 ? p.toFixed(3) : p.toExponential(0));

/** Lines of a table: p-values by kind of test and size of the ensemble. */
export function tableOfTests(rows: readonly Row[]): string[] {
  const groups = new Map<string, { kind: string; ensemble: number; p: number[] }>();
  for (const { ensemble, p } of rows)
    for (const { kind, value } of p) {
      const key = `${kind}|${ensemble}`;
      const group = groups.get(key) ?? { kind, ensemble, p: [] };
      group.p.push(value);
      groups.set(key, group);
    }
  const sorted = [...groups.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.ensemble - b.ensemble);
  return [
    "| test | spins | tests | mean p | p < 0.1 | p < 0.01 | p < 0.0001 | smallest | KS |",
    "|---|---|---|---|---|---|---|---|---|",
    ...sorted.map(({ kind, ensemble, p }) => {
      const below = (limit: number) => p.filter((x) => x < limit).length;
      return `| ${kind} | ${ensemble} | ${p.length} | ${(p.reduce((a, b) => a + b, 0) / p.length).toFixed(3)} | ${percent(below(0.1), p.length)} | ${percent(below(0.01), p.length)} | ${below(1e-4)} | ${short(Math.min(...p))} | ${short(kolmogorovSmirnov(p).pValue)} |`;
    }),
  ];
}

/** Lines of a table: false alarms by configuration, all sizes of ensemble together, then each. */
export function tableOfAlarms(rows: readonly Row[]): string[] {
  const names = [...new Set(rows.map(({ configuration }) => configuration))];
  const sizes = [...new Set(rows.map(({ ensemble }) => ensemble))].sort((a, b) => a - b);
  const cell = (found: readonly Row[]): string => {
    const tested = found.filter(({ p }) => p.length > 0);
    const alarms = tested.filter(({ p }) => p.some(({ agrees }) => !agrees)).length;
    const bounds = found.some(({ broken }) => broken.length > 0) ? ", step" : "";
    return found.length === 0 ? "" : tested.length === 0 ? "declines" : `${alarms}/${tested.length}${bounds}`;
  };
  return [
    `| configuration | ${sizes.join(" | ")} |`,
    `|---|${sizes.map(() => "---").join("|")}|`,
    ...names.map(
      (name) =>
        `| ${name} | ${sizes.map((size) => cell(rows.filter((row) => row.configuration === name && row.ensemble === size))).join(" | ")} |`,
    ),
  ];
}

/** Reasons why tests were not made, with their numbers. */
export function tableOfReasons(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { declined } of rows)
    for (const reason of declined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [
    "| not tested | runs |",
    "|---|---|",
    ...[...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `| ${reason} | ${count} |`),
  ];
}
