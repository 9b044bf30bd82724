import type { Scheme } from "../../integrators/index.ts";
import type { Binning } from "../../physics/binning.ts";
import { binCount, binIndex } from "../../physics/binning.ts";
import type { Observer } from "./observer.ts";
import { seen } from "./observer.ts";

/** Counts of the ensemble by bin. */
export function observeHistogram(name: string, scheme: Scheme, binning: Binning): Observer {
  return {
    registers: [],
    watch: [],
    views: {
      [name]: [{ kind: "histogram", index: seen(scheme, binIndex(binning)), bins: binCount(binning) }],
    },
  };
}
