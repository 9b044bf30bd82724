import { fokkerPlanck } from "../../src/run/exact-alone.ts";
import { exactRates } from "../../src/run/rates.ts";
import { lastingOf } from "./instrumented.ts";
import type { CellCalls, Lasting } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { serve } from "./serve.ts";

/** Largest time, s, for the exact figures of one cell. */
const mostSeconds = 20;

/** One of the workers that fill a map; it is terminated if its cell is not needed any more. */
export const answer: Answering = serve<CellCalls>({
  cell({ experiment, settings }) {
    try {
      return { row: exactRates({ ...experiment, exact: { seconds: mostSeconds } }, settings) };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  },
  lasting({ experiment, until, seconds }) {
    const none = { meanLifetime: null, probability: null };
    try {
      const { fokkerPlanck: exact, fokkerPlanckReason } = fokkerPlanck(lastingOf(experiment, until, seconds));
      const [found] = (exact?.observables ?? []) as unknown as readonly Lasting[];
      return found ?? { ...none, reason: fokkerPlanckReason };
    } catch (error) {
      return { ...none, reason: error instanceof Error ? error.message : String(error) };
    }
  },
});
