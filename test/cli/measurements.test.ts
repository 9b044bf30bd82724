import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readMeasurements } from "../../src/cli/read-measurements.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-measurements-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string) => {
  const file = join(folder, "data.csv");
  writeFileSync(file, text);
  return readMeasurements(file);
};
const problemsOf = async (text: string): Promise<string[]> =>
  read(text).then(
    () => [],
    (error: Error) => error.message.split("\n"),
  );

describe("a table of measurements", () => {
  it("is read with its settings, values and errors", async () => {
    expect(await read("temperature,tau_up,tau_up_error\n300,1e-6,1e-7\n")).toEqual([
      { settings: { "magnet.temperature": 300 }, values: { tau_up: { value: 1e-6, error: 1e-7 } } },
    ]);
  });

  it("that is no table has the problems of its header alone", async () => {
    const problems = await problemsOf(
      `# Title\n\nSome prose, with a comma.\n${"More prose; and more.\n".repeat(50)}`,
    );
    expect(problems.length).toBeLessThanOrEqual(4);
    expect(problems.at(-1)).toMatch(/one of the columns tau_up, tau_down, p_up must be there/);
  });

  it("has one problem in a line of the wrong length, and not a page of them", async () => {
    const header = "temperature,tau_up,tau_up_error\n";
    expect(await problemsOf(`${header}300,1e-6\n`)).toEqual([
      expect.stringMatching(/line 2 must have 3 columns, got 2/),
    ]);
    const many = await problemsOf(header + "300\n".repeat(100));
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toMatch(/and 80 more/);
  });
});
