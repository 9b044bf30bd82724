import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { prepare, verdictOf } from "../../scripts/calibration/ensembles.ts";

/* Spins that are left behind are rare: a sample of a thousand holds none or a few of them, and gives no error of their share. */

const moments = { type: "moments", times: 4 };
const changes = {
  "write-error.yaml": {
    time: { duration: 6e-9 },
    observables: [
      moments,
      { type: "histogram", of: "mz", bins: 64, times: [3e-9, 6e-9] },
      { type: "firstPassage", until: "mz < 0" },
    ],
  },
  "write-pulse.yaml": {
    observables: [
      moments,
      { type: "histogram", of: "mz", bins: 64, times: [2e-9, 4e-9] },
      { type: "firstPassage", until: "mz < -0.5" },
    ],
  },
};

it.each(Object.entries(changes))(
  "a thousand spins of %s raise no alarm in any of eight seeds",
  async (file, change) => {
    const experiment = { ...parse(readFileSync(`examples/${file}`, "utf8")), ...change };
    const prepared = prepare(experiment, 1000);
    for (let seed = 1; seed <= 8; seed++) {
      const { certificate, comparisons } = await verdictOf(prepared, seed);
      expect(certificate.reason, `seed ${seed}`).toBeUndefined();
      expect(comparisons.filter(({ pValue }) => pValue !== null).length).toBeGreaterThanOrEqual(8);
    }
  },
);
