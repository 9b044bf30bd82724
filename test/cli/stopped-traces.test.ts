import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { readTraces } from "../../src/cli/read-traces.ts";
import { analyseTrace } from "../../src/library.ts";
import { synthetic } from "../traces/synthetic.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-stopped-traces-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isTerminal = process.stderr.isTTY;
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = isTerminal;
});

const sampleTime = 1e-9;
const values = synthetic({
  samples: 300_000,
  sampleTime,
  dwell: [20e-9, 10e-9],
  levels: [0.2, 0.3],
  noise: 0.02,
  seed: 3,
});
const file = (name: string, samples: number): string => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(Float32Array.from(values.subarray(0, samples)).buffer));
  return path;
};
const few = { values: values.slice(0, 2000), breaks: [] };
const [short, long] = [file("short.f4", few.values.length), file("long.f4", values.length)];

/** To the next evaluation of the likelihood, on a busy machine; the whole trace takes longer. */
const soon = 3000;

/** Calls `then` when the line of progress says something. */
function whenShown(text: RegExp, then: () => void): void {
  process.stderr.isTTY = true;
  vi.spyOn(process.stderr, "write").mockImplementation((shown) => {
    if (text.test(String(shown))) then();
    return true;
  });
}

it("a stop keeps the traces that are analysed, and lists the others", async () => {
  const stop = new AbortController();
  let stopped = 0;
  whenShown(/long\.f4.*likelihood 2/, () => {
    stopped = performance.now();
    stop.abort();
  });
  const options = { raw: "f4", sampleTime, bandwidth: null, signal: stop.signal };
  const { traces, missing } = await readTraces([short, long, short], options);
  expect(performance.now() - stopped).toBeLessThan(soon);
  expect(traces.map((trace) => trace.file)).toEqual([short]);
  expect(missing).toEqual([long, short]);
  // float32 in the file: the same trace, but for its rounding
  const rounded = { values: Float64Array.from(few.values, Math.fround), breaks: [] };
  expect(traces[0].analysis).toEqual(analyseTrace(rounded, 2000, sampleTime, { bandwidth: null }));
});

it("a stop is heard while a file is read", async () => {
  const stop = new AbortController();
  let shown = 0;
  whenShown(/read/, () => {
    shown++;
    stop.abort();
  });
  const options = { raw: "f4", sampleTime, bandwidth: null, signal: stop.signal };
  expect(await readTraces([long], options)).toEqual({ traces: [], missing: [long] });
  // the rest of the file was not read
  expect(shown).toBe(1);
});

it("in the library analyseTrace rejects with the signal's reason", async () => {
  const stop = new AbortController();
  const trace = { values, breaks: [] };
  let stopped = 0;
  const onEvaluation = (): void => {
    stopped ||= performance.now();
    stop.abort(new Error("enough"));
  };
  const { signal } = stop;
  await expect(
    analyseTrace(trace, values.length, sampleTime, { bandwidth: null, signal, onEvaluation }),
  ).rejects.toThrow("enough");
  expect(performance.now() - stopped).toBeLessThan(soon);
  await expect(analyseTrace(trace, values.length, sampleTime, { signal })).rejects.toThrow("enough");
});
