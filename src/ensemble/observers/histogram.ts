import type { Scheme } from "../../integrators/index.ts";
import type { Binning } from "../../physics/binning.ts";
import { binCount, binIndex, inSomeBin } from "../../physics/binning.ts";
import type { Observer } from "./observer.ts";
import { seen } from "./observer.ts";

/** Counts of the ensemble by bin. */
export function observeHistogram(name: string, scheme: Scheme, binning: Binning): Observer {
  const inside = inSomeBin(binning);
  return {
    registers: [],
    watch: [],
    events: [],
    views: {
      [name]: [
        {
          kind: "histogram",
          ...(inside ? { when: seen(scheme, inside) } : {}),
          index: seen(scheme, binIndex(binning)),
          bins: binCount(binning),
        },
      ],
    },
  };
}
