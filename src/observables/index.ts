import type { Problem } from "../experiment/problem.ts";
import type { ObservableResultBase, ResultBase } from "../result-parts.ts";
import { cycle } from "./cycle/index.ts";
import { dwell } from "./dwell/index.ts";
import { entropyProduction } from "./entropy-production/index.ts";
import { firstPassage } from "./first-passage/index.ts";
import { histogram } from "./histogram/index.ts";
import { moments } from "./moments/index.ts";
import type { FiguresOf, Observable, ResultOf } from "./observable.ts";
import { rareEvent } from "./rare-event/index.ts";
import { spectrum } from "./spectrum/index.ts";
import { trajectory } from "./trajectory/index.ts";

/**
 * The list of observables: a new one is a folder here and a name in this list. An experiment without observables gets
 * the first.
 */
const list = {
  moments,
  histogram,
  firstPassage,
  dwell,
  spectrum,
  trajectory,
  entropyProduction,
  cycle,
  rareEvent,
} as const;
export type List = typeof list;

/** The list by type, for loops. */
export const observables: Readonly<Record<string, Observable>> = list;

/** An observation in SI units, in the form of the result. */
export type ObservableResult = ResultOf<List[keyof List]> & ObservableResultBase;

/** Types whose exact partner has figures of its own. */
type Figured = { [K in keyof List]: [FiguresOf<List[K]>] extends [never] ? never : K }[keyof List];

/** The exact figures of the first observable of each type. */
export type ExactFigures = { readonly [K in Figured]: FiguresOf<List[K]> | null };

/** The two levels of a problem: those of the first observable that defines any. */
export function levelsOf(
  problem: Pick<Problem, "observables" | "timeStep">,
): ReturnType<NonNullable<Observable["levels"]>> | undefined {
  for (const planned of problem.observables) {
    const levels = observables[planned.type].levels?.(planned, problem);
    if (levels) return levels;
  }
  return undefined;
}

/** The exact figures of an observable; none if its counts are of another state. */
export const besideFigures = (
  result: ResultBase,
  { name, unsettled }: ObservableResultBase,
): ObservableResultBase | null => (unsettled === undefined ? ownFigures(result, name) : null);

/** The exact figures of an observable by its name. */
export const ownFigures = ({ fokkerPlanck }: ResultBase, name: string): ObservableResultBase | null =>
  fokkerPlanck?.observables.find((own) => own.name === name) ?? null;
