import { describe, expect, it } from "vitest";
import { programFiles, textOf } from "./sources.ts";

const holders = (pattern: RegExp): string[] => programFiles.filter((file) => pattern.test(textOf(file)));

describe("figures of merit", () => {
  it("are found once for the terminal, the report's table and the page", () => {
    const printers = ["src/cli/summary.ts", "src/report/tables.ts", "web/plots/beside.ts"];
    // those with a verdict are in the result; those of the exact side alone are found and named in one place
    for (const pattern of [/\bfoundOf\(/, /\bstandingOf\(/])
      expect(holders(pattern).filter((file) => file !== "src/report/standing.ts")).toEqual(printers);
    expect(holders(/\bwithStandings\(/)).toEqual(["src/run/compared-result.ts"]);
    const named = holders(/\b(slowerPair|eigenvalueText|notSwitchedName)\b/);
    const ofOneFigure = /^src\/(observables\/|figures\/(smallest-real-eigenvalue|not-switched-name)\.ts)/;
    expect(named.filter((file) => !ofOneFigure.test(file))).toEqual(["src/figures/exact-alone.ts"]);
    // what one works out before a run: barriers, precession, the torque at which a state is lost
    expect(holders(/turning \/ \(2 \*|\bcriticalFactor\(/)).toEqual([
      "src/run/device-figures.ts",
      "src/run/stability.ts",
    ]);
  });
});
