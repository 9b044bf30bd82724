import { processorSeconds } from "../src/cli/processor-seconds.ts";
import { Interrupted, spending } from "../src/linear-algebra/interruption.ts";
import type { ExactCase } from "./exact-cases.ts";

/** Time and figures of the exact side for one device. */
export interface ExactRow {
  readonly name: string;
  /** CPU seconds. */
  readonly seconds: number;
  readonly wanted: number;
  /** λ₁τ_N, in units of the free relaxation rate, and the same by another program. */
  readonly slowest?: number;
  readonly known?: number;
  /** Why figures are missing, by their key in the result. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Reasons in a result for its missing figures. */
function reasonsIn(result: unknown, path = ""): [string, string][] {
  if (typeof result !== "object" || result === null) return [];
  return Object.entries(result).flatMap(([key, value]): [string, string][] => {
    const here = path === "" ? key : `${path}.${key}`;
    return typeof value === "string" && /reason$/i.test(key) ? [[here, value]] : reasonsIn(value, here);
  });
}

/** Runs one case with its own budget, so that a case that hangs does not affect others; compilation counts. */
export function exactRow({ name, wanted, known, compute }: ExactCase, budget: number): ExactRow {
  const began = processorSeconds();
  const row = (said: number | object): ExactRow => ({
    name,
    seconds: processorSeconds() - began,
    wanted,
    ...(typeof said === "number" ? { slowest: said } : {}),
    ...(known ? { known } : {}),
    missing: typeof said === "number" ? {} : Object.fromEntries(reasonsIn(said)),
  });
  try {
    return row(spending({ seconds: budget, spent: 0 }, compute));
  } catch (error) {
    // a refusal is an answer; the next case follows
    return row({ [error instanceof Interrupted ? "stoppedReason" : "reason"]: (error as Error).message });
  }
}

export function shownRow({ name, seconds, wanted, slowest, known, missing }: ExactRow): string {
  const figures = [
    slowest === undefined ? "" : `λ₁τ_N ${slowest.toPrecision(8)}`,
    known === undefined ? "" : `known ${known}`,
  ].filter((text) => text !== "");
  return [
    `${seconds.toFixed(1).padStart(6)} s ${seconds > wanted ? ">" : "≤"} ${String(wanted).padStart(4)}  ${[name, ...figures].join(", ")}`,
    ...Object.entries(missing).map(([key, reason]) => `${" ".repeat(18)}${key}: ${reason}`),
  ].join("\n");
}
