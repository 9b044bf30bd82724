import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { contractExample } from "./example.ts";

const set = (...settings: string[]) => {
  const checked = checkExperiment(contractExample(), settings);
  if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
  return checked.experiment;
};

describe("--set path=value", () => {
  it("reads values as YAML", () => {
    const experiment = set(
      "magnet.temperature=350",
      "torques.0.polarizer=[1, 0, 0]",
      "energies.0.Ku1={ mean: 4.0e4, deviation: 1e3 }",
      "observables.2.until=mz < -0.2",
      "name=a = b",
    );
    expect(experiment.magnet).toMatchObject({ temperature: 350 });
    expect(experiment.torques[0]).toMatchObject({ polarizer: [1, 0, 0] });
    expect(experiment.energies[0]).toMatchObject({
      Ku1: { mean: 4e4, deviation: 1e3, distribution: "normal" },
    });
    expect(experiment.observables[2]).toMatchObject({ until: "mz < -0.2" });
    expect(experiment.name).toBe("a = b");
  });
  it("takes entries of lists in brackets as well", () => {
    expect(set("energies[0].Ku1=5e4")).toEqual(set("energies.0.Ku1=5e4"));
    expect(set("energies[0].Ku1=5e4").energies[0]).toMatchObject({ Ku1: 5e4 });
  });
  it("makes what is not there, and adds the next entry of a list", () => {
    const experiment = set(
      "readout.parallel=1",
      "readout.antiparallel=2",
      "readout.reference=[0,0,1]",
      "torques.1={type: spinTransfer, dampingLike: 0}",
    );
    expect(experiment.readout).toMatchObject({ parallel: 1 });
    expect(experiment.torques).toHaveLength(2);
  });
  it.each([
    ["magnet", /path=value/],
    ["torques.7.dampingLike=1", /torques\.7\.dampingLike must name one of the 1 entries/],
    ["magnet.Ms.x=1", /is not a path/],
    ["magnet..Ms=1", /is not a path/],
    ["magnet.Ms=[1", /YAML/],
    ["energies.length=0", /must name one of/],
  ])("refuses %s", (setting, text) => {
    const checked = checkExperiment(contractExample(), [setting]);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.problems.map(describeInputError).join("\n")).toMatch(text);
  });
});
