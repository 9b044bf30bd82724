import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { onsagerCommand } from "../../src/cli/onsager-command.ts";

const folder = mkdtempSync(join(tmpdir(), "spinsemble-onsager-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());
const example = fileURLToPath(new URL("../../examples/thermoelectric.yaml", import.meta.url));

/** Exit code and standard output of the command on a text or an existing file. */
async function command(file: string, flags: { json?: boolean; out?: string } = {}) {
  let out = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text;
    return true;
  });
  const code = await onsagerCommand(file, flags);
  return { code, out };
}
const written = (text: string): string => {
  const file = join(folder, "system.yaml");
  writeFileSync(file, text);
  return file;
};

it("prints equations, verdict, measurable parameters and the states asked for", async () => {
  const { code, out } = await command(example);
  expect(code).toBe(0);
  expect(out).toMatch(/reciprocity +holds\n +second law +holds/);
  expect(out).toMatch(/seebeck, S +−3·10⁻⁵ V\/K/);
  expect(out).toMatch(/Given current = 0, heatForce = −666.7\n +J by E +0 A\/m² by −6.0003 V\/m/);
});

it("ends with 3 and names the offending forces where a law is broken", async () => {
  const system = {
    fluxes: ["a", "b"],
    forces: ["x", "y"],
    coefficients: [
      [1, 3],
      [2, 1],
    ],
  };
  const { code, out } = await command(written(JSON.stringify(system)), { json: true });
  const result = JSON.parse(out);
  expect(code).toBe(3);
  expect(result.reciprocity.violations[0].words).toBe("a by y is 3.00000, but b by x asks for 2.00000");
  const { x, y } = result.secondLaw.direction;
  expect(result.secondLaw.power).toBeCloseTo(x * x + 5 * x * y + y * y, 12);
  expect(result.secondLaw.power).toBeLessThan(0);
});

it("leaves no listener of signals behind, whatever the file is like", async () => {
  const before = process.listenerCount("SIGTERM");
  await expect(command(written("fluxes: [a]"))).rejects.toThrow(/forces/);
  await expect(command(join(folder, "no such file"))).rejects.toThrow(/does not exist/);
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

it("writes result.json and a report where --out says", async () => {
  const out = join(folder, "out");
  await command(example, { json: true, out });
  expect(readdirSync(out).sort()).toEqual(["report.html", "result.json"]);
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("thermalConductivity, κ at zero current");
});

it("refuses what is no system, naming the file", async () => {
  await expect(command(written("system: ohm\nparameters: { conductivity: -1 }"))).rejects.toThrow(
    /system\.yaml: parameters\.conductivity must be > 0, got -1$/,
  );
  await expect(command(join(folder, "none.yaml"))).rejects.toThrow("does not exist");
});
