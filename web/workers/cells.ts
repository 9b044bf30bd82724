import { exactRates } from "../../src/run/rates.ts";
import type { CellCalls } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { serve } from "./serve.ts";

/** Seconds that the exact figures of one cell may take. */
const mostSeconds = 20;

/** One of the workers that fill a map: it is ended where its cell is not wanted any more. */
export const answer: Answering = serve<CellCalls>({
  cell({ experiment, settings }) {
    try {
      return { row: exactRates({ ...experiment, exact: { seconds: mostSeconds } }, settings) };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  },
});
