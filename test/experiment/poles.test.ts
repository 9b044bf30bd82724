import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";

const withDensity = (density: string) =>
  checkExperiment({
    magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
    energies: [{ type: "expression", density }],
    time: { duration: 1e-9 },
  });

describe("a typed energy", () => {
  it.each(["1e3/(mz - 0.2)", "1e3/mz", "1e3/(mx*my + 0.3)"])(
    "%s is refused for its pole on the sphere",
    (density) => {
      const checked = withDensity(density);
      expect(checked.ok).toBe(false);
      if (!checked.ok)
        expect(checked.problems.map(describeInputError).join()).toMatch(/finite everywhere on the sphere/);
    },
  );

  it.each(["1e3/(mz + 1.2)", "1e3*mx/(2 + my)", "1e3*sin(theta)*cos(phi)"])(
    "%s has none and is accepted",
    (density) => {
      expect(withDensity(density).ok).toBe(true);
    },
  );
});
