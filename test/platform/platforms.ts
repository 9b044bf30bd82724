import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { build } from "vite";
import type { Answer } from "./scenarios.ts";

export const chromiumPath: string = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const denoPath: string = fileURLToPath(new URL("../../node_modules/.bin/deno", import.meta.url));

/**
 * Turns features of Chromium off, and always the list below its address bar: that is a page of its own in every window, and
 * takes a second of a processor.
 */
export const withoutFeatures = (...names: readonly string[]): string =>
  `--disable-features=${["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", ...names].join(",")}`;

/** Flags with which headless Chromium offers WebGPU on its own software adapter and can show a canvas. */
export const chromiumFlags: string[] = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--use-angle=vulkan",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  withoutFeatures(),
];

export const hasChromium: boolean = existsSync(chromiumPath);
export const hasDeno: boolean = existsSync(denoPath);

/** Answers of Deno's WebGPU (wgpu, naga) on whatever Vulkan it finds without Dawn's settings. */
export async function denoAnswers(): Promise<Record<string, Answer>> {
  const env = { ...process.env };
  delete env.VK_ICD_FILENAMES;
  const script = fileURLToPath(new URL("deno-main.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(
    denoPath,
    ["run", "-A", "--unstable-webgpu", "--no-lock", "--quiet", script],
    { env, maxBuffer: 1 << 28 },
  );
  return JSON.parse(stdout) as Record<string, Answer>;
}

/** Answers of Chromium's WebGPU and of WebAssembly in its workers. */
export async function chromiumAnswers(): Promise<Record<"webgpu" | "wasm", Record<string, Answer>>> {
  const entry = fileURLToPath(new URL("chromium-main.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["es"], fileName: "main" } },
  });
  const [{ output }] = built as unknown as { output: { code: string }[] }[];
  const server = createServer((request, response) => {
    const script = request.url === "/main.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? output[0].code : '<!doctype html><script type="module" src="/main.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: chromiumFlags,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("globalThis.answers !== undefined");
    const call = async (name: string) =>
      (await page.evaluate(`globalThis.answers.${name}()`)) as Record<string, Answer>;
    return { webgpu: await call("webgpu"), wasm: await call("wasm") };
  } finally {
    await browser.close();
    server.close();
  }
}
