import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { readTraces } from "../../src/cli/read-traces.ts";
import { synthetic } from "../traces/synthetic.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-listed-traces-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isTerminal = process.stderr.isTTY;
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = isTerminal;
});

const values = synthetic({
  samples: 3000,
  sampleTime: 1,
  dwell: [20, 10],
  levels: [0, 1],
  noise: 0.2,
  seed: 3,
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const good = file("good.csv", `v\n${values.join("\n")}\n`);
const bad = file("bad.csv", "nothing\n");

/** Lines of progress on a terminal. */
function shownLines(): string[] {
  const shown: string[] = [];
  process.stderr.isTTY = true;
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    shown.push(String(text));
    return true;
  });
  return shown;
}

const { signal } = new AbortController();
const options = { sampleTime: 1e-9, bandwidth: null, signal };

it("a bad file is refused before the good ones are analysed", async () => {
  const shown = shownLines();
  await expect(readTraces([good, bad], options)).rejects.toThrow("bad.csv");
  expect(shown.filter((line) => line.includes("likelihood"))).toEqual([]);
});

it("a name without a swept value is refused before the traces are analysed", async () => {
  const shown = shownLines();
  const onListed = vi.fn(() => {
    throw new Error("no value");
  });
  await expect(readTraces([good, good], { ...options, onListed })).rejects.toThrow("no value");
  expect(onListed).toHaveBeenCalledWith([
    { file: good, column: "v" },
    { file: good, column: "v" },
  ]);
  expect(shown.filter((line) => line.includes("likelihood"))).toEqual([]);
});

it("the line of progress has the number of the trace and the time left", async () => {
  const shown = shownLines();
  await readTraces([good, good], options);
  const ofSecond = shown.filter((line) =>
    /2 of 2, .*good\.csv: v: likelihood \d+, \d+ s, .* left$/.test(line),
  );
  expect(ofSecond.length).toBeGreaterThan(5);
});
