import { mz } from "../expression/vector.ts";
import { atTimeOf, readable } from "../figures/readable.ts";
import { otherTooRare } from "../figures/too-rare.ts";
import { observables } from "../observables/index.ts";
import type { FokkerPlanckResult, Result } from "../result.ts";

/** Missing exact figures of a result, each with its place and the reason. */
export function missingFigures(result: Result): string[] {
  const { fokkerPlanck: exact } = result;
  const { timeUnit } = result.provenance;
  if (!exact) return result.fokkerPlanckReason ? [`exact side: ${result.fokkerPlanckReason}`] : [];
  const lines: string[] = [];
  const miss = (quantity: string, isMissing: boolean, reason: unknown): void => {
    if (isMissing) lines.push(`${quantity}: ${typeof reason === "string" ? reason : "no reason is known"}`);
  };
  const at = atTimeOf(exact);
  miss(`eigenvalues${at}`, exact.eigenvalues === null, exact.eigenvaluesReason);
  miss(`two states${at}`, exact.twoStates === null, exact.twoStatesReason);
  for (const side of ["up", "down"] as const)
    miss(`escape rate ${side}${at}`, exact.twoStates?.[side].rate === null, otherTooRare);
  miss(`stationary moments${at}`, exact.stationary === null, exact.stationaryReason);
  miss(
    "moments at recorded times",
    exact.evolutionReason !== undefined || exact.evolution === null,
    exact.evolutionReason,
  );
  lines.push(...missingHemispheres(exact, timeUnit));
  miss(
    "not switched",
    exact.notSwitched === null && exact.notSwitchedReason !== undefined,
    exact.notSwitchedReason,
  );
  const left = exact.notSwitched;
  if (left)
    miss(`not switched at ${readable(left.time)} ${timeUnit}`, left.probability === null, left.reason);
  for (const { type, missing } of Object.values(observables)) {
    if (!missing) continue;
    const own = exact.observables.filter((figures) => figures.type === type);
    // some figures are given for every problem
    const given = own.length > 0 ? own : [(exact as unknown as Record<string, unknown>)[type] ?? []].flat();
    const found = result.observables.filter((observable) => observable.type === type);
    for (const [quantity, reason] of missing(given, found)) miss(quantity, true, reason);
  }
  return lines;
}

/** Unknown probabilities of the sides of the equator, with the times for each reason. */
function missingHemispheres({ evolution }: FokkerPlanckResult, timeUnit: string): string[] {
  const times = new Map<string, number[]>();
  for (const row of evolution ?? []) {
    const absent = [
      ...(row.probabilityUp === null ? [`${mz} > 0`] : []),
      ...(row.probabilityDown === null ? [`${mz} < 0`] : []),
    ];
    if (absent.length === 0) continue;
    const key = `${absent.length === 2 ? "probabilities" : "probability"} of ${absent.join(" and ")}|${row.probabilityReason ?? "no reason is known"}`;
    times.set(key, [...(times.get(key) ?? []), row.time]);
  }
  return [...times].map(([key, at]) => {
    const [quantity, reason] = key.split("|");
    const [first, last] = [readable(at[0]), readable(at[at.length - 1])];
    const when = at.length === 1 ? `at ${first}` : `at ${at.length} times from ${first} to ${last}`;
    return `${quantity} ${when} ${timeUnit}: ${reason}`;
  });
}
