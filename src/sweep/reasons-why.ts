import { otherTooRare } from "../figures/too-rare.ts";
import type { ObservableResult } from "../observables/index.ts";
import type { Result } from "../result.ts";
import type { ObservableResultBase } from "../result-parts.ts";

/** Why figures of one observable are missing, as far as the result states it. */
interface ReasonsOfObservable {
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly exact: string | undefined;
  readonly pValue: string | undefined;
}

const noSide = "the start is on both sides of the equator, or nothing is recorded that has a density";
const oneSpin = "one spin shows no standard error";
const noTest = "no test of this observable was made";

const reasonIn = (some: object | null): string | undefined =>
  some && "reason" in some && typeof some.reason === "string" ? some.reason : undefined;

/** The reasons in a result for figures missing in its columns. */
export function reasonsWhy(result: Result): {
  readonly of: (observable: ObservableResult, own: ObservableResultBase | null) => ReasonsOfObservable;
  readonly slowestRate: string | undefined;
  readonly leaving: string | undefined;
  readonly notSwitched: string | undefined;
} {
  const { fokkerPlanck: exact, fokkerPlanckReason: unsolved, outcome, comparisons, experiment } = result;
  const cutOff = outcome === "complete" ? undefined : `the run ended early: ${outcome}`;
  return {
    of(observable, own) {
      const compared = comparisons.find((one) => one.of === observable.name && one.pValue === null);
      const untested = compared?.reason ?? unsolved;
      const value = reasonIn(observable) ?? cutOff;
      return {
        value,
        error: experiment.ensemble === 1 ? oneSpin : value,
        exact: unsolved ?? observable.unsettled ?? reasonIn(own) ?? exact?.evolutionReason,
        pValue: untested ?? value ?? noTest,
      };
    },
    slowestRate: unsolved ?? exact?.eigenvaluesReason,
    leaving: unsolved ?? exact?.twoStatesReason ?? otherTooRare,
    notSwitched: unsolved ?? exact?.notSwitched?.reason ?? exact?.notSwitchedReason ?? noSide,
  };
}
