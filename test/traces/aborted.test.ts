import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { collect, openTrace } from "../../src/traces/index.ts";
import { inMemory } from "../../src/traces/readers/bytes.ts";

/** NumPy's array of float64. */
function npy(values: Float64Array): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117);
  const head = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, 118, 0];
  return Uint8Array.from([
    ...head,
    ...new TextEncoder().encode(`${header}\n`),
    ...new Uint8Array(values.buffer),
  ]);
}

const samples = 600_000;
const times = npy(Float64Array.from({ length: samples }, (_, i) => i * 1e-9));
const zip = zipSync({ "t.npy": times, "v.npy": npy(new Float64Array(samples)) }, { level: 0 });
const table = new TextEncoder().encode(`v\n${"0.25\n".repeat(1_000_000)}`);

describe("a file of traces in memory", () => {
  it("is not opened after an abort", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(openTrace(inMemory("a.csv", table), { signal })).rejects.toThrow("enough");
  });

  it("is opened with a signal as without", async () => {
    const { signal } = new AbortController();
    const { columns } = await openTrace(inMemory("a.npz", zip), { signal });
    expect(columns.map(({ name }) => name)).toEqual(["v"]);
    expect(columns[0].sampleTime).toBeCloseTo(1e-9, 20);
  });

  it("is no longer read after an abort that comes while its times are", async () => {
    const stop = new AbortController();
    const opened = openTrace(inMemory("a.npz", zip), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")));
    await expect(opened).rejects.toThrow("enough");
  });

  it("is no longer read after an abort that comes while a column is collected", async () => {
    const stop = new AbortController();
    const { columns } = await openTrace(inMemory("a.csv", table), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")));
    await expect(collect(columns[0])).rejects.toThrow("enough");
  });
});
