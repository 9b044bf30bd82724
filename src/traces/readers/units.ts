/** Seconds in a unit of time, as oscilloscopes and people write it; undefined for other units. */
export function secondsIn(unit: string): number | undefined {
  const found = /^(f|p|n|u|µ|μ|m)?(?:s|sec|secs|second|seconds)$/i.exec(unit.trim());
  if (!found) return { min: 60, minutes: 60, h: 3600, hours: 3600 }[unit.trim().toLowerCase()];
  const prefix = found[1]?.toLowerCase() ?? "";
  return { "": 1, m: 1e-3, u: 1e-6, µ: 1e-6, μ: 1e-6, n: 1e-9, p: 1e-12, f: 1e-15 }[prefix];
}

/** Name and unit of a header cell: "Time (ns)", "CH1 [mV]", "t / ns", "t_ns" for times only. */
export function nameAndUnit(cell: string): { name: string; unit: string } {
  const text = cell
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
  const bracket = /^(.*?)\s*[([]\s*([^)\]]*?)\s*[)\]]$/.exec(text);
  if (bracket) return { name: bracket[1] || text, unit: bracket[2] };
  const slash = /^(.*?)\s*\/\s*(\S+)$/.exec(text);
  if (slash) return { name: slash[1], unit: slash[2] };
  const underscore = /^(t|time)_(\w+)$/i.exec(text);
  return underscore ? { name: underscore[1], unit: underscore[2] } : { name: text, unit: "" };
}

/** Whether a column of this name contains times. */
export const isTimeName = (name: string): boolean =>
  /^(t|time|times|zeit|temps|tiempo|seconds?|x-axis|x)$/i.test(name);
