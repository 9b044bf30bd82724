import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { check, fokkerPlanck, onsager, report, transport } from "../../src/index.ts";

/* Functions that are quick for usual input run in a thread where they are given options, and end where their signal is aborted. */

const example = (name: string): never =>
  parse(readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8")) as never;
const experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial" as const, Ku1: 1 }],
  time: { duration: 5 },
  observables: [{ type: "moments" as const, times: 1 }],
};

describe("in a thread", () => {
  it("check has the same answers, of settings too", async () => {
    for (const settings of [
      [],
      ["magnet.alpha=0.2"],
      ["magnet.alpha=-1"],
      { "magnet.delta": 0.3 },
      ["alpha"],
    ])
      expect(await check(experiment, settings, {})).toEqual(check(experiment, settings));
    const notPlain = { ...experiment, seed: () => 1 };
    expect(await check(notPlain, [], {})).toEqual(check(notPlain));
  });

  it("stacks and Onsager systems have the same answers and problems", async () => {
    const { stack, magnet } = example("cobalt-copper-cobalt.yaml") as { stack: never; magnet: never };
    expect(await transport(stack, magnet, {})).toEqual(transport(stack, magnet));
    const empty = { layers: [] } as never;
    expect(() => transport(empty)).toThrow(RangeError);
    await expect(transport(empty, null, {})).rejects.toThrow(RangeError);
    const system = {
      fluxes: ["J", "Q"],
      forces: ["V", "T"],
      coefficients: [
        [2, "0.3*mz"],
        ["0.3*mz", 1],
      ],
      state: { m: [0, 0, 1] as [number, number, number] },
    };
    expect(await onsager(system, {})).toEqual(onsager(system));
    await expect(onsager({ system: "spinning" } as never, {})).rejects.toThrow(RangeError);
    await expect(onsager({ name: () => 1 } as never, {})).rejects.toThrow(/name must be plain data/);
  });

  it("a report is the same page", async () => {
    const result = fokkerPlanck(experiment);
    // each page has a number of its own, with which its script may run
    const same = (page: string): string => page.replace(/nonce(-|=")[0-9a-f]+/g, "");
    expect(same(await report(result, "", {}))).toBe(same(report(result)));
  });
});

describe("a signal", () => {
  it("ends a check of seconds, while the calling thread handles what comes", async () => {
    const factors = Array.from({ length: 290 }, () => "1/(2+mx*my)").join("*");
    const slow = { ...experiment, energies: [{ type: "expression", density: factors }] };
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 50);
    await expect(Promise.resolve(check(slow, [], { signal: stop.signal }))).rejects.toThrow("enough");
  });

  it("that was aborted before is the answer of each", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    const result = fokkerPlanck(experiment);
    for (const call of [
      () => check(experiment, [], { signal }),
      () => transport({} as never, null, { signal }),
      () => onsager({}, { signal }),
      () => report(result, "", { signal }),
    ])
      await expect(call()).rejects.toThrow("enough");
  });
});
