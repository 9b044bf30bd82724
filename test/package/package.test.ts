import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumFlags, chromiumPath, denoPath, hasChromium, hasDeno } from "../platform/platforms.ts";
import type { Consumer } from "./consumer.ts";
import { openConsumer, root, started } from "./consumer.ts";

const swiftshader = "/usr/lib/chromium/vk_swiftshader_icd.json";
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe("the packed program", () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await openConsumer();
    // where `npm run build` has not been run, all of it is built here
  }, 400_000);
  afterAll(() => consumer && rmSync(consumer.folder, { recursive: true, force: true }));

  const inside = (...path: string[]): string => join(consumer.folder, ...path);
  const node = (flags: readonly string[], more = {}) =>
    started(process.execPath, flags, consumer.folder, more);
  /** Without a registry nothing can be installed. */
  const installed = (name: string, test: () => Promise<void>): void =>
    it(name, async (context) => {
      context.skip(consumer.offline, "no registry is reached to install from");
      await test();
    });

  it("holds what it names, the page once, and neither source nor tests", () => {
    const { packed } = consumer;
    const named = [manifest.bin.spinsemble, ...Object.values(manifest.exports["."])] as string[];
    for (const path of [...named, manifest.exports["./exact-thread"]])
      expect(packed).toContain(path.replace("./", ""));
    expect(packed).toContain("schema/experiment.json");
    expect(packed.filter((path) => path.endsWith(".html"))).toEqual(["dist/web/index.html"]);
    expect(packed.filter((path) => /plotly-/.test(path))).toHaveLength(1);
    expect(packed.filter((path) => /^(src|test|web|scripts)\//.test(path))).toEqual([]);
  });

  it("exports what the source exports", async () => {
    const built = await import(pathToFileURL(join(root, manifest.exports["."].default)).href);
    const source = readFileSync(join(root, "src/index.ts"), "utf8");
    const named = [...source.matchAll(/^export (?:\{([^}]*)\}|\* as (\w+)) from/gm)].flatMap(
      ([, list, whole]) =>
        whole ? [whole] : list.split(",").flatMap((name) => name.trim().split(" as ").slice(-1)),
    );
    expect(Object.keys(built).toSorted()).toEqual(named.filter((name) => name !== "").toSorted());
  });

  it("is built whole before it is packed, whatever was built before", () => {
    expect(manifest.scripts.prepack).toBe(manifest.scripts.build);
  });

  installed("brings the WebGPU of its own choice, and nothing that is built natively", async () => {
    const lock = JSON.parse(readFileSync(inside("package-lock.json"), "utf8"));
    const packages = lock.packages as Record<string, { version: string; hasInstallScript?: boolean }>;
    expect(packages["node_modules/webgpu"].version).toBe(manifest.optionalDependencies.webgpu);
    const building = Object.keys(packages).filter((path) => packages[path].hasInstallScript);
    expect(building).toEqual(["node_modules/webgpu"]);
    expect(Object.keys(packages)).not.toContain("node_modules/gl");
  });

  installed("finds the GPU in Node, or says in its own words why there is none", async () => {
    const command = inside("node_modules/.bin/spinsemble");
    if (existsSync(swiftshader)) {
      const { out, error } = await node([command, "devices"], { VK_ICD_FILENAMES: swiftshader });
      expect(error).toBe("");
      expect(out).toMatch(/webgpu +SwiftShader/);
    }
    if (process.platform !== "linux" || existsSync("/dev/nvidia0")) return;
    const nowhere = { VK_ICD_FILENAMES: "/nowhere.json", VK_DRIVER_FILES: "/nowhere.json" };
    const { out, error } = await node([command, "devices"], nowhere);
    expect(error).toBe("");
    expect(out).toMatch(/webgpu +not usable: no WebGPU adapter was found: Vulkan finds no driver/);
  });

  installed("runs in this Node", async () => {
    const { out, error } = await node(["src/main.mjs"]);
    expect([error, out]).toEqual(["", "wasm true\n"]);
  });

  installed("type-checks in strict programs that resolve as bundlers do and as Node does", async () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const text = readFileSync(inside("src/theirs.ts"), "utf8");
    writeFileSync(inside("src/misspelt.ts"), text.replace("alpha: 0.1", "alhpa: 0.1"));
    const files = ["src/theirs.ts", "src/misspelt.ts"];
    const common = { target: "es2022", strict: true, noEmit: true, types: [] };
    const complaints = async (options: object): Promise<string> => {
      const file = inside("tsconfig.json");
      writeFileSync(file, JSON.stringify({ compilerOptions: { ...common, ...options }, files }));
      return (await node([compiler, "-p", file])).out;
    };
    const misspelt = /^src\/misspelt\.ts\(4,.+'alhpa' does not exist[^\n]+\n$/;
    // theirs and ours, not TypeScript's own of the browser, which take longer than all others
    const all = { skipLibCheck: false, skipDefaultLibCheck: true };
    const byNode = { module: "nodenext", moduleResolution: "nodenext", ...all };
    expect(await complaints(byNode)).toMatch(misspelt);
    // what the declarations hold by themselves is checked once
    const byBundlers = { module: "esnext", moduleResolution: "bundler", skipLibCheck: true };
    expect(await complaints(byBundlers)).toMatch(misspelt);
  });

  it.skipIf(!hasDeno)("runs in Deno, and so does the source", async (context) => {
    const flags = ["run", "-A", "--no-lock", "--quiet"];
    const out = inside("from-source");
    const small = ["--ensemble", "200", "--backend", "wasm", "--out", out];
    const source = await started(
      denoPath,
      [...flags, "src/cli/main.ts", "run", "examples/free-spins.yaml", ...small],
      root,
    );
    expect(source.out, source.error).toContain("CERTIFICATE PASSED");
    context.skip(consumer.offline, "no registry is reached to install from");
    const ours = await started(denoPath, [...flags, "src/main.mjs"], consumer.folder);
    expect([ours.error, ours.out]).toEqual(["", "wasm true\n"]);
  });

  it.skipIf(!hasChromium)("runs in a page that Vite builds", async (context) => {
    context.skip(consumer.offline, "no registry is reached to install from");
    writeFileSync(
      inside("index.html"),
      '<!doctype html><title>theirs</title><script type="module" src="./src/page.mjs"></script>\n',
    );
    writeFileSync(
      inside("src/page.mjs"),
      'import { answer } from "./theirs.mjs";\n\ndocument.title = await answer();\n',
    );
    const built = await build({
      root: consumer.folder,
      configFile: false,
      logLevel: "silent",
      build: { target: "es2022", minify: false, write: false },
    });
    const { output } = built as unknown as { output: { fileName: string; code?: string; source?: string }[] };
    const files = new Map(output.map(({ fileName, code, source }) => [`/${fileName}`, code ?? source ?? ""]));
    const types: Record<string, string> = { ".js": "text/javascript", ".html": "text/html" };
    const server = createServer(({ url = "" }, response) => {
      const body = files.get(url);
      response.writeHead(body === undefined ? 404 : 200, {
        "content-type": types[extname(url)] ?? "text/plain",
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
      await page.waitForFunction("document.title !== 'theirs'").catch(() => undefined);
      expect([errors, await page.title()]).toEqual([[], "wasm true"]);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
