import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { version } from "../../src/version.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const needs = "numpy, pandas, setuptools, wheel";
const interpreter = ["python3", "/usr/bin/python3"].find(
  (name) => spawnSync(name, ["-c", `import ${needs}`]).status === 0,
);
if (!interpreter) console.log(`skipped: this machine has no python3 with ${needs}`);

describe.skipIf(!interpreter)("the Python package", () => {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-python-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let wheel: string;
  /** Runs a text in a Python that has the wheel and nothing of the source, with the built command. */
  const python = (code: string): { stdout: string; stderr: string; status: number | null } =>
    spawnSync(interpreter!, ["-c", code], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PYTHONPATH: wheel,
        SPINSEMBLE: `"${process.execPath}" "${join(root, "dist/cli.js")}"`,
      },
    });

  beforeAll(() => {
    cpSync(join(root, "python"), join(folder, "source"), { recursive: true });
    // the backend that pip would call, without pip and without a network
    const build = `import setuptools.build_meta as backend; print(backend.build_wheel(${JSON.stringify(folder)}))`;
    const { status, stderr } = spawnSync(interpreter!, ["-c", build], {
      cwd: join(folder, "source"),
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    const [name] = readdirSync(folder).filter((file) => file.endsWith(".whl"));
    wheel = join(folder, name);
  });

  it("is a pure wheel of this version, with an import that computes nothing", () => {
    expect(wheel).toMatch(new RegExp(`spinsemble-${version}-py3-none-any\\.whl$`));
    expect(python("import spinsemble; print(spinsemble.__version__)").stdout.trim()).toBe(version);
  });

  it("shows in its README code that runs", () => {
    const text = readFileSync(join(root, "python/README.md"), "utf8");
    const [, code] = /```python\n([\s\S]*?)```/.exec(text)!;
    const { status, stderr } = python(code);
    expect(status, stderr).toBe(0);
  });

  it("has a notebook that runs", () => {
    const { cells } = JSON.parse(readFileSync(join(root, "python/examples/relaxation.ipynb"), "utf8"));
    const code = (cells as { cell_type: string; source: string[] }[])
      .filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => source.join(""));
    expect(code).toHaveLength(3);
    const { status, stderr } = python(code.join("\n"));
    expect(status, stderr).toBe(0);
  });

  it("gives sweeps as tables, stacks as arrays, and refusals as errors", () => {
    const { status, stdout, stderr } = python(`
import json, numpy as np, spinsemble
point = {
    "magnet": {"delta": np.float64(3), "alpha": 0.1},
    "energies": [{"type": "uniaxial", "Ku1": 1}, {"type": "zeeman", "B_ext": np.zeros(3)}],
    "time": {"duration": 5},
}
table = spinsemble.sweep({"experiment": point, "vary": {"energies.1.B_ext.2": [0, 0.1]}}, exact=True)
assert table.index.name == "energies.1.B_ext.2" and len(table) == 2
assert table["exact.upRate"].iloc[1] < table["exact.upRate"].iloc[0]
stack = spinsemble.transport(${JSON.stringify(join(root, "examples/cobalt-copper-cobalt.yaml"))})
assert stack["torque"]["a"].shape == (101,) and stack["torque"]["a"].dtype == float
exact = spinsemble.fokker_planck(point, set={"magnet.alpha": 0.2})
assert exact.experiment["magnet"]["alpha"] == 0.2 and exact.passed is None
try:
    spinsemble.check({**point, "magnetz": 1, "time": {"duration": -1}})
except spinsemble.ExperimentError as error:
    print(error)
`);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("magnetz");
    expect(stdout).toContain("duration");
  });

  it("says where the command is looked for", () => {
    const { stdout } = python(`
import os, spinsemble
os.environ.pop("SPINSEMBLE"); os.environ["PATH"] = "/nowhere"
try:
    spinsemble.check({})
except spinsemble.CommandNotFound as error:
    print(error)
`);
    expect(stdout).toContain("SPINSEMBLE does not name it");
  });
});
