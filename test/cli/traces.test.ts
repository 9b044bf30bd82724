import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { behindTwoPoles } from "../traces/behind-instrument.ts";
import { synthetic } from "../traces/synthetic.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spinsemble-traces-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const spinsemble = (...args: string[]) =>
  spawnSync(process.execPath, ["dist/cli.js", ...args], {
    cwd: root,
    encoding: "utf8",
  });
const values = synthetic({
  samples: 20_000,
  sampleTime: 1e-9,
  dwell: [20e-9, 10e-9],
  levels: [0.2, 0.3],
  noise: 0.02,
  seed: 3,
});
const file = join(folder, "a.csv");
const table = (of: Float64Array): string =>
  `Time (ns),CH1 (V)\n${Array.from(of, (v, i) => `${i},${v.toFixed(6)}`).join("\n")}\n`;
writeFileSync(file, table(values));

it("traces --json prints levels and dwell times as the contract names them", () => {
  const out = join(folder, "out");
  const { status, stdout, stderr } = spinsemble(
    "traces",
    file,
    "--bandwidth",
    "none",
    "--json",
    "--out",
    out,
  );
  expect(status, stderr).toBe(0);
  const found = JSON.parse(stdout);
  expect(Math.abs(found.levels[0] - 0.2)).toBeLessThan(0.001);
  expect(Math.abs(found.levels[1] - 0.3)).toBeLessThan(0.001);
  expect(found.dwell.up.low).toBeLessThan(10e-9);
  expect(found.dwell.up.high).toBeGreaterThan(10e-9);
  expect(found.dwell.down.low).toBeLessThan(20e-9);
  expect(found.dwell.down.high).toBeGreaterThan(20e-9);
  expect(found.threshold.up).toBeLessThan(found.dwell.up.mean);
  expect(found.hysteresis.down).toBeGreaterThan(found.threshold.down);
  expect(found.spectrum.frequencies.length).toBe(found.spectrum.oneSidedPower.length);
  expect(found.warnings).toEqual([]);
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("mean dwell up");
  const [head, row] = readFileSync(join(out, "dwell-times.csv"), "utf8").trim().split("\n");
  expect(head).toBe("tau_up,tau_up_error,tau_down,tau_down_error,tau_correlation");
  expect(Number(row.split(",")[0])).toBe(found.dwell.up.mean);
});

it("traces --drift takes a drift out, and says what was removed", () => {
  const drifting = join(folder, "drifting.csv");
  writeFileSync(drifting, table(values.map((value, i) => value + 0.2 * Math.sin(i / 3000))));
  const out = join(folder, "drifting");
  const { status, stdout, stderr } = spinsemble(
    ...["traces", drifting, "--bandwidth", "none", "--drift", "1e-6", "--mains", "5e6", "--out", out],
  );
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/removed drift \(V\) +−0\.\d+ … 0\.\d+ about its mean/);
  expect(stdout).toMatch(/removed line \(V\) +\S+ Hz, amplitude/);
  const { dwell, baseline } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  expect(dwell.down.low).toBeLessThan(20e-9);
  expect(dwell.down.high).toBeGreaterThan(20e-9);
  expect(baseline.drift.values.length).toBe(baseline.drift.times.length);
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("Removed drift");
  expect(spinsemble("traces", drifting, "--drift", "-1").status).toBe(2);
});

it("traces --response and --noise take the instrument from files, and refuse what is none", () => {
  const write = (name: string, head: string, of: readonly number[]): string => {
    const at = join(folder, name);
    writeFileSync(at, `${head}\n${of.map((v, i) => `${i},${v}`).join("\n")}\n`);
    return at;
  };
  const pole = 0.25;
  const { values: behind, idle } = behindTwoPoles({
    samples: 6000,
    sampleTime: 1,
    dwell: [30, 20],
    pole,
    white: 0.05,
    slow: 0.15,
    memory: 4,
    seed: 2,
  });
  const ns = "t (ns),U (V)";
  const signal = write("signal.csv", ns, Array.from(behind));
  const noise = write("idle.csv", ns, Array.from(idle));
  const step = write(
    "step.csv",
    ns,
    Array.from({ length: 120 }, (_, i) =>
      i < 20 ? 0 : 5 - 5 * Math.exp(-pole * (i - 20)) * (1 + pole * (i - 20)),
    ),
  );
  const out = join(folder, "behind");
  const { status, stdout, stderr } = spinsemble(
    "traces",
    signal,
    "--response",
    step,
    "--noise",
    noise,
    "--json",
    "--out",
    out,
  );
  expect(status, stderr).toBe(0);
  const { dwell, instrument } = JSON.parse(stdout);
  expect(instrument).toEqual({ response: step, noise });
  for (const [side, mean] of [
    [dwell.down, 30e-9],
    [dwell.up, 20e-9],
  ]) {
    expect(side.low).toBeLessThan(mean);
    expect(side.high).toBeGreaterThan(mean);
    expect(side.high / side.low).toBeLessThan(2);
  }
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("noise with the spectrum of");
  const decibels = write("spectrum.csv", "f (GHz),S (dBV)", [-80, -81, -82, -83]);
  for (const [flags, message] of [
    [["--noise", noise], /the bandwidth cannot be fitted where the noise is not white: give --bandwidth/],
    [["--response", "bessel-4"], /needs --bandwidth HZ/],
    [["--response", "bessel-40", "--bandwidth", "1e8"], /"bessel-40" is no low-pass filter/],
    [["--response", noise], /has not settled|neither the response|transmits no constant signal/],
    [["--response", step, "--bandwidth", "1e8"], /exclude each other/],
    [["--noise", decibels, "--bandwidth", "none"], /decibels cannot be read/],
  ] as const) {
    const none = join(folder, "none");
    const refused = spinsemble("traces", signal, ...flags, "--out", none);
    expect(refused.stderr).toMatch(message);
    expect(refused.status).toBe(2);
    expect(existsSync(none)).toBe(false);
  }
}, 120_000);

it("traces of a sweep give a table that fit reads, and bad values are refused", () => {
  const files = [-5, 5].map((mT, i) => {
    const path = join(folder, `B=${mT}mT.csv`);
    const down = 20e-9 * (i + 1);
    writeFileSync(
      path,
      table(
        synthetic({
          samples: 8000,
          sampleTime: 1e-9,
          dwell: [down, 10e-9],
          levels: [0.2, 0.3],
          noise: 0.02,
          seed: 9,
        }),
      ),
    );
    return path;
  });
  const out = join(folder, "sweep");
  const swept = ["--bandwidth", "none", "--swept", "energies.1.B_ext.2"];
  const { status, stderr } = spinsemble("traces", ...files, ...swept, "--out", out);
  expect(status, stderr).toBe(0);
  const lines = readFileSync(join(out, "dwell-times.csv"), "utf8").trim().split("\n");
  expect(lines[0]).toBe("energies.1.B_ext.2,tau_up,tau_up_error,tau_down,tau_down_error,tau_correlation");
  expect(lines.slice(1).map((line) => Number(line.split(",")[0]))).toEqual([-0.005, 0.005]);
  const { sweep } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  expect(sweep.sigmoid.slope).toBeLessThan(0);
  expect(sweep.points[1].tauDown).toBeGreaterThan(1.5 * sweep.points[0].tauDown);
  // the same model by dwell times and by the traces themselves
  const model = join(folder, "model.json");
  const experiment = {
    magnet: { Ms: 8.0e5, volume: 2.2e-25, alpha: 0.1, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 4.0e4, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0, 0, 0] },
    ],
    time: { duration: 1e-8 },
    observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
  };
  writeFileSync(model, JSON.stringify(experiment));
  const fitted = spinsemble(
    ...["traces", ...files, ...swept, "--model", model, "--free", "magnet.alpha"],
    ...["--likelihood", "--out", join(folder, "fitted")],
  );
  expect(fitted.status, fitted.stderr).toBe(0);
  const { fit } = JSON.parse(readFileSync(join(folder, "fitted", "result.json"), "utf8"));
  expect(fit.likelihood.settled).toBe(true);
  expect(fit.likelihood.ratio.degreesOfFreedom).toBe(3);
  expect(fitted.stdout).toMatch(/magnet\.alpha, likelihood +\S+ ± /);
  expect(readFileSync(join(folder, "fitted", "report.html"), "utf8")).toContain(
    "by the likelihood of the traces",
  );
  expect(spinsemble("traces", ...files, "--likelihood").status).toBe(2);
  const refused = spinsemble("traces", ...files, ...swept, "--values", "1", "--out", join(folder, "none"));
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/--values must be 2 numbers/);
  expect(existsSync(join(folder, "none"))).toBe(false);
});

it("bad traces are exit code 2, with the place and nothing written", () => {
  const bad = join(folder, "bad.csv");
  writeFileSync(bad, table(values).replace(/\n5000,[^\n]*/, "\n5000,oops"));
  const out = join(folder, "none");
  for (const [path, message] of [
    [bad, /line 5002: column CH1 is "oops"/],
    [join(folder, "absent.csv"), /does not exist/],
  ] as const) {
    const { status, stdout, stderr } = spinsemble("traces", file, path, "--bandwidth", "none", "--out", out);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(existsSync(out)).toBe(false);
  }
});

it("run writes what a scope shows of a junction, and traces gives the exact dwell times back", () => {
  const experiment = join(folder, "junction.json");
  writeFileSync(
    experiment,
    JSON.stringify({
      magnet: { Ms: 8.0e5, volume: 6.7e-25, alpha: 0.5, temperature: 300 },
      energies: [{ type: "uniaxial", Ku1: 4.0e4, anisU: [0, 0, 1] }],
      readout: { parallel: 1000, antiparallel: 2000, reference: [0, 0, 1] },
      initial: { type: "boltzmann" },
      ensemble: 2,
      seed: 4,
      time: { duration: 1.0e-5 },
      observables: [
        {
          type: "trajectory",
          spins: 1,
          every: 3.0e-10,
          instrument: { bandwidth: 4.0e8, noise: 150, bits: 8, range: [0, 3000] },
        },
      ],
    }),
  );
  const simulated = join(folder, "junction");
  const ran = spinsemble("run", experiment, "--backend", "wasm", "--out", simulated);
  expect(ran.status, ran.stderr).toBe(0);
  const exact = JSON.parse(readFileSync(join(simulated, "result.json"), "utf8")).fokkerPlanck.twoStates;
  const out = join(folder, "read");
  const { status, stdout, stderr } = spinsemble(
    ...["traces", join(simulated, "arrays.npz"), "--column", "trajectory/signal"],
    ...["--bandwidth", "4e8", "--json", "--out", out],
  );
  expect(status, stderr).toBe(0);
  const { dwell, levels } = JSON.parse(stdout);
  // the resistance is lowest where the spin is along the reference
  for (const [side, rate] of [
    [dwell.down, exact.up.rate],
    [dwell.up, exact.down.rate],
  ]) {
    expect(Math.abs(Math.log(side.mean * rate))).toBeLessThan((1.5 * Math.log(side.high / side.low)) / 2);
    expect(side.high / side.low).toBeLessThan(1.9);
  }
  expect(levels[0]).toBeGreaterThan(1000);
  expect(levels[1]).toBeLessThan(2000);
}, 120_000);
