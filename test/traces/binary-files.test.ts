import { zlibSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { inMemory } from "../../src/traces/readers/bytes.ts";
import { openTrace } from "../../src/traces/readers/open.ts";
import { collect } from "../../src/traces/stretches.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { isf, matlab, tdms, trc, wfm } from "./instrument-files.ts";

async function read(bytes: Uint8Array, column = 0) {
  const file = await openTrace(inMemory("scope", bytes));
  const { values, sampleTime } = await collect(file.columns[column]);
  return { file, values: [...values], sampleTime, unit: file.columns[column].unit };
}
const samples = Array.from({ length: 30 }, (_, i) => ((i * 7919) % 60_000) - 30_000);

const files: readonly [string, () => Uint8Array, (sample: number) => number, number][] = [
  ["Tektronix ISF, high byte first", () => isf(samples, "MSB"), (s) => (s - 10) * 0.5 + 3, 4e-9],
  ["Tektronix ISF, low byte first", () => isf(samples, "LSB"), (s) => (s - 10) * 0.5 + 3, 4e-9],
  ["Tektronix WFM, little-endian", () => wfm(samples, true), (s) => 0.5 * s - 2, 2e-10],
  ["Tektronix WFM, big-endian", () => wfm(samples, false), (s) => 0.5 * s - 2, 2e-10],
  ["LeCroy TRC, low byte first", () => trc(samples, true, true), (s) => 0.25 * s - 1, 1e-9],
  ["LeCroy TRC, high byte first", () => trc(samples, false, false), (s) => 0.25 * s - 1, 1e-9],
  ["NI TDMS", () => tdms(samples, false), (s) => s, 5e-9],
  ["NI TDMS, interleaved", () => tdms(samples, true), (s) => s, 5e-9],
];

describe.each(files)("%s", (_, make, value, step) => {
  it("gives back what was written", async () => {
    const { values, sampleTime, unit } = await read(make());
    expect(values).toEqual(samples.map(value));
    expect(Math.abs((sampleTime as number) / step - 1)).toBeLessThan(1e-6);
    expect(unit).toBe("V");
  });

  it("is refused with the place wherever it is cut", async () => {
    const bytes = make();
    // the last bytes of a WFM file are a checksum that is not read
    const needed = bytes.length - (_.includes("WFM") ? 14 : 0);
    for (let length = 1; length < needed; length += length < 900 ? 7 : 1) {
      const error: unknown = await read(bytes.subarray(0, length)).then(
        () => undefined,
        (reason) => reason,
      );
      expect(error, `cut to ${length} bytes`).toBeInstanceOf(TraceError);
      expect((error as Error).message).toContain("scope");
    }
  });

  it("with a byte changed is read or refused, never anything else", async () => {
    const bytes = make();
    for (let at = 0; at < bytes.length; at += 3) {
      const spoiled = bytes.slice();
      spoiled[at] ^= 0xff;
      const error: unknown = await read(spoiled).then(
        () => undefined,
        (reason) => reason,
      );
      if (error !== undefined) expect(error, `byte ${at}`).toBeInstanceOf(TraceError);
    }
  });
});

it("the second channel of a TDMS file", async () => {
  const { file, values } = await read(tdms(samples, true), 1);
  expect(file.columns.map(({ name }) => name)).toEqual(["signal", "it's negative"]);
  expect(values.map((x) => 0 - x)).toEqual(samples);
});

describe("MATLAB", () => {
  const times = samples.map((_, i) => i * 1e-8);
  it.each([
    ["plain", undefined],
    ["compressed", (bytes: Uint8Array) => zlibSync(bytes)],
  ])("%s: arrays by name, with their times", async (_, pack) => {
    const bytes = matlab({ t: times, signal: samples }, pack);
    const { file, values, sampleTime } = await read(bytes);
    expect(file.columns.map(({ name }) => name)).toEqual(["signal"]);
    expect(values).toEqual(samples);
    expect(Math.abs((sampleTime as number) / 1e-8 - 1)).toBeLessThan(1e-9);
    for (const length of [60, 150, bytes.length - 20])
      await expect(read(bytes.subarray(0, length))).rejects.toThrow(TraceError);
  });
});

it("HDF5: data sets by path, with attributes, and a truncated file", async () => {
  const { default: library } = await import("h5wasm");
  const { FS } = await library.ready;
  const file = new library.File("/made.h5", "w");
  const signal = file.create_dataset({ name: "signal", data: Float64Array.from(samples) });
  signal.create_attribute("dt", 2e-9);
  signal.create_attribute("unit", "Ohm");
  file.close();
  const bytes = FS.readFile("/made.h5") as Uint8Array;
  const { values, sampleTime, unit } = await read(bytes);
  expect(values).toEqual(samples);
  expect(sampleTime).toBe(2e-9);
  expect(unit).toBe("Ohm");
  // neither a file that was read nor a damaged one stays in the library's memory, and the library prints nothing itself
  const printed = vi.spyOn(console, "error");
  const before = FS.readdir("/").length;
  for (let i = 0; i < 5; i++) {
    await read(bytes);
    await expect(read(bytes.subarray(0, bytes.length - 100))).rejects.toThrow(TraceError);
    await expect(read(bytes.map((byte, at) => (at > 100 ? 0 : byte)))).rejects.toThrow(TraceError);
  }
  expect(FS.readdir("/").length).toBe(before);
  expect(printed).not.toHaveBeenCalled();
});
