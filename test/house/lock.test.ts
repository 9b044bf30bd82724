import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Entry {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const textOf = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const packages = JSON.parse(textOf("package-lock.json")).packages as Record<string, Entry>;
const manifest = JSON.parse(textOf("package.json")) as Record<
  "dependencies" | "devDependencies" | "optionalDependencies",
  Record<string, string>
>;
const installed = Object.entries(packages).filter(([path]) => path !== "");
const page = textOf("docs/dependencies.md");

describe("package-lock.json", () => {
  it("has an entry for every optional package, or npm ci refuses it", () => {
    const missing = Object.values(packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => !(`node_modules/${name}` in packages));
    expect(missing).toEqual([]);
  });

  it("knows every file by its hash, and only licences that go with MIT", () => {
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
    // permissive ones; what is shared alike (MPL) helps to develop and is not shipped; h5wasm's own text is the HDF5 licence
    const permissive =
      /^(MIT|MIT OR Apache-2\.0|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause|BlueOak-1\.0\.0|Python-2\.0)$/;
    const others = installed.filter(([, { license }]) => !permissive.test(license ?? ""));
    const names = others.map(
      ([path, { license, dev }]) =>
        `${path.replace(/^.*node_modules\//, "")}: ${license}${dev ? ", dev" : ""}`,
    );
    expect(names.filter((name) => !/: MPL-2\.0, dev$/.test(name))).toEqual([
      "h5wasm: SEE LICENSE IN LICENSE.txt",
    ]);
  });
});

describe("package.json", () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

  it("asks for one version of each package", () => {
    const loose = Object.entries(asked).filter(([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it("asks for nothing that docs/dependencies.md has no reason for", () => {
    const cells = [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names]) => names.split(", "));
    const known = new Set(cells.map((name) => name.replace(/ \(.*\)$/, "").trim()));
    expect(Object.keys(asked).filter((name) => !known.has(name))).toEqual([]);
  });
});

it("the vulnerabilities that docs/dependencies.md lists are patched in what is installed", () => {
  const rows = [...page.matchAll(/^\| (\S+) \| ([\d.]+) \| ([\d.]+) \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  const order = (version: string): number =>
    version.split(".").reduce((sum, part) => 1000 * sum + Number(part), 0);
  for (const [, name, here, patched] of rows) {
    expect(packages[`node_modules/${name}`].version, name).toBe(here);
    expect(order(here), name).toBeGreaterThanOrEqual(order(patched));
  }
});

it("docs/dependencies.md counts the packages that users install, and knows the overrides", () => {
  const [, count] = /(\d+) packages\s\(webgpu brings/.exec(page) ?? [];
  const users = installed.filter(([path, { dev }]) => !dev && !/node_modules\/.*node_modules\//.test(path));
  expect(users).toHaveLength(Number(count));
  expect(packages["node_modules/gpu.js"].dev).toBe(true);
  const { gl, "gpu.js": gpu } = (manifest as unknown as { overrides: Record<string, unknown> }).overrides;
  expect([gl, gpu]).toEqual(["npm:empty-npm-package@1.0.0", { webgpu: "$webgpu" }]);
});
