import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { version } from "../../src/version.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the built command, as users do. */
const spinsemble = (...flags: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, "dist/cli.js"), ...flags],
      { cwd: folder, maxBuffer: 1 << 26 },
      (failure, out, error) =>
        resolve({ code: typeof failure?.code === "number" ? failure.code : failure ? -1 : 0, out, error }),
    );
  });

const small = ["--ensemble", "1000", "--backend", "reference"];
const example = (name: string): string => join(root, "examples", name);

describe("the command line", () => {
  it("runs an experiment and writes a result folder", async () => {
    const out = join(folder, "neel");
    const { code, out: text } = await spinsemble("run", example("neel-brown.yaml"), ...small, "--out", out);
    expect(code).toBe(0);
    expect(text).toContain("CERTIFICATE PASSED");
    expect(readdirSync(out).sort()).toEqual(["arrays.npz", "report.html", "result.json"]);
    const result = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
    expect(result.experiment.ensemble).toBe(1000);
    expect(result.provenance.version).toBe(version);
    expect(result.certificate.passed).toBe(true);
    expect(readFileSync(join(out, "report.html"), "utf8")).not.toMatch(/src="https?:/);
  });

  it("refuses lengths of a benchmark that are no time", async () => {
    for (const seconds of ["abc", "0", "-1"]) {
      const { code, error } = await spinsemble("bench", "--backend", "reference", "--seconds", seconds);
      expect(code, seconds).toBe(2);
      expect(error).toContain("must be a number > 0");
    }
  });

  it("prints the result and nothing else with --json: the same numbers for the same seed, others for another", async () => {
    const file = join(folder, "short.json");
    writeFileSync(
      file,
      JSON.stringify({
        magnet: { delta: 2, alpha: 0.1 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        ensemble: 300,
        time: { duration: 5, step: 0.05 },
        observables: [{ type: "moments", times: 2 }],
        compare: "none",
      }),
    );
    const m = async (seed: string): Promise<unknown> => {
      const words = ["run", file, "--backend", "reference", "--json", "--seed", seed];
      const { code, out, error } = await spinsemble(...words);
      expect([code, error]).toEqual([0, ""]);
      const { outcome, observables } = JSON.parse(out);
      expect(outcome).toBe("complete");
      return observables[0].m;
    };
    const first = await m("7");
    expect(await m("7")).toEqual(first);
    expect(await m("8")).not.toEqual(first);
  });

  it("gives the exact side alone", async () => {
    const { code, out } = await spinsemble("fokker-planck", example("neel-brown.yaml"), "--json");
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result.outcome).toBe("not run");
    expect(result.fokkerPlanck.eigenvalues[0]).toEqual({ re: 0, im: 0 });
    expect(result.fokkerPlanck.eigenvalues[1].re).toBeGreaterThan(0);
  });

  it("ends with 3 and the reason where no exact figure could be given", async () => {
    const kinked = ["--set", 'energies=[{"type":"expression","density":"-mz^2+0.5*abs(mx)"}]'];
    const { code, error } = await spinsemble(
      "fokker-planck",
      example("typed-energy.yaml"),
      ...kinked,
      "--json",
    );
    expect(error).toMatch(/no exact figure could be given: .*not resolved/);
    expect(code).toBe(3);
  });

  it("gives exact rates over values of a parameter", async () => {
    const vary = ["--vary", "magnet.temperature=250,300"];
    const { code, out } = await spinsemble("rates", example("neel-brown.yaml"), ...vary, "--json");
    expect(code).toBe(0);
    const { rows, paths } = JSON.parse(out);
    expect(paths).toEqual(["magnet.temperature"]);
    expect(rows[1].slowest.rate).toBeGreaterThan(rows[0].slowest.rate);
    const bad = await spinsemble("rates", example("neel-brown.yaml"), "--vary", "magnet.temperature=1:2");
    expect(bad.code).toBe(2);
    expect(bad.error).toMatch(/PATH=from:to:count/);
  });

  it("says that a sweep counts rare events, which a table of rates does not hold", async () => {
    const flags = [example("rare-write-error.yaml"), "--vary", "magnet.delta=50,60"];
    const { code, out } = await spinsemble("rates", ...flags);
    expect(code).toBe(0);
    expect(out).toMatch(/rare events need an ensemble.*spinsemble sweep/);
    const other = await spinsemble("rates", example("neel-brown.yaml"), "--vary", "magnet.temperature=300");
    expect(other.out).not.toContain("rare events");
  });

  it("answers 3 when the certificate fails", async () => {
    const { code, out } = await spinsemble(
      "run",
      example("neel-brown.yaml"),
      "--ensemble",
      "20000",
      "--backend",
      "wasm",
      "--set",
      "time.integrator=heun",
      "--set",
      "time.step=4e-11",
      "--set",
      'observables=[{"type":"moments","times":2}]',
    );
    expect(out).toContain("CERTIFICATE FAILED");
    expect(code).toBe(3);
  });

  it("lists every problem of a bad experiment at once, answers 2 and writes nothing", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(
      file,
      "magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: -4 }\nensembel: 10\nenergies:\n  - { type: uniaxial, Ku1: 4e4, anisU: [0, 0, 0] }\ntime: { duration: 1e-9 }\n",
    );
    const out = join(folder, "never");
    const { code, error } = await spinsemble("run", file, "--out", out);
    expect(code).toBe(2);
    expect(error).toMatch(/magnet\.temperature must be ≥ 0 K, got -4/);
    expect(error).toMatch(/did you mean ensemble\?/);
    expect(error).toMatch(/energies\.0\.anisU/);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [["run", "no-such-file.yaml"], /does not exist/],
    [["run"], /missing required argument/],
    [["runn", "x"], /run\b/],
    [["run", "x.yaml", "--backend", "cuda"], /webgpu/],
    [["run", "x.yaml", "--ensembl", "4"], /--ensemble/],
  ])("answers 2 to %j with a reason", async (flags, reason) => {
    const { code, error } = await spinsemble(...flags);
    expect(code).toBe(2);
    expect(error).toMatch(reason);
  });

  it("refuses an ensemble of minus one through the experiment's own rules", async () => {
    const { code, error } = await spinsemble("run", example("neel-brown.yaml"), "--ensemble=-1");
    expect(code).toBe(2);
    expect(error).toMatch(/ensemble must be/);
  });

  it("completes an experiment, and what it prints checks to itself", async () => {
    const { code, out } = await spinsemble("check", example("driven-steady-state.yaml"));
    expect(code).toBe(0);
    const file = join(folder, "completed.json");
    writeFileSync(file, out);
    expect((await spinsemble("check", file)).out).toBe(out);
  });

  it("tells which backends would be used", async () => {
    const { code, out } = await spinsemble("devices");
    expect(code).toBe(0);
    expect(out).toMatch(/wasm/);
    expect(out).toMatch(/reference/);
  });

  it("has the version of the package", () => {
    expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version).toBe(version);
  });
});
