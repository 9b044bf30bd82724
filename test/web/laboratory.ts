import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { chromiumFlags, chromiumPath, withoutFeatures } from "../platform/platforms.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
};

export interface Site {
  /** Address of the page, below a path of some depth: nothing may depend on where it lies. */
  readonly address: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** Serves the built page as plain files. */
export async function openSite(): Promise<Site> {
  const folder = join(root, "dist/web");
  const prefix = "/some/path/";
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0];
    const name = path === prefix ? "index.html" : path.slice(prefix.length);
    try {
      const body = readFileSync(join(folder, name));
      response.setHeader("content-type", types[extname(name)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    folder,
    async close() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const flags = {
  /** WebGPU on Chromium's software adapter. */
  webgpu: chromiumFlags,
  /** WebGL2 on the same, without WebGPU. */
  webgl: [
    "--no-sandbox",
    withoutFeatures("WebGPU"),
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
  ],
  /** No graphics at all. */
  plain: ["--no-sandbox", withoutFeatures("WebGPU"), "--disable-gpu"],
};

export type Graphics = keyof typeof flags;

export const openBrowser = (graphics: Graphics = "webgpu"): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, headless: true, args: flags[graphics] });

export interface Visit {
  readonly page: Page;
  /** Errors of the page, of its workers and on the console. */
  readonly errors: string[];
}

/** Small ensembles without pacing, so that software adapters are fast enough. */
export const hurried = (hash: string, spins = 2000): string => `#v=1&${hash}&spins=${spins}&seconds=0`;

interface VisitOptions {
  /** Default: small, because software draws the sphere. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
}

/** Milliseconds that anything waited for may take on a machine that does much else. */
const patience = 90_000;

/** Milliseconds between two questions whether what is waited for is there. */
const askedEvery = 50;

/** One context a browser: scripts are fetched and compiled once, and the page keeps nothing between visits. */
const contexts = new WeakMap<Browser, Promise<BrowserContext>>();

export async function visit(browser: Browser, address: string, options: VisitOptions = {}): Promise<Visit> {
  const context = contexts.get(browser) ?? browser.newContext();
  contexts.set(browser, context);
  const page = await (await context).newPage();
  page.setDefaultTimeout(patience);
  // asked at every frame, as by default, the page would draw sixty times a second for the question alone
  const wait = page.waitForFunction.bind(page) as (...given: unknown[]) => Promise<unknown>;
  page.waitForFunction = ((holds: unknown, argument: unknown, how?: object) =>
    wait(holds, argument, { polling: askedEvery, ...how })) as Page["waitForFunction"];
  await page.setViewportSize(options.viewport ?? { width: 1100, height: 750 });
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: options.colorScheme ?? "light" });
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address);
  return { page, errors };
}

/** Opens a link in a page that is there already, with all that it has fetched and compiled, and waits for the end of its run. */
export async function follow({ page }: Visit, hash: string): Promise<void> {
  await forgetEnd(page);
  await page.evaluate((link) => {
    scrollTo(0, 0);
    location.hash = link;
  }, hash);
  // the run before may still come to its end
  await started(page);
  await page.waitForFunction(() => document.documentElement.dataset.run === "finished");
}

/** Waits until a run has begun after the last was forgotten. */
export const started = async (page: Page): Promise<void> =>
  void (await page.waitForFunction(() => document.documentElement.dataset.run === "running"));

/** Waits for the end of the present run and its verdict. */
export async function verdict(page: Page): Promise<string> {
  await page.waitForFunction(
    () => ["passed", "failed", "none"].includes(document.getElementById("certificate")?.dataset.state ?? ""),
    undefined,
    { timeout: 100_000 },
  );
  return (await page.getAttribute("#certificate", "data-state")) ?? "";
}

/** Waits until the experiment is checked, the form is complete and the run has begun. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.run !== undefined);
}

/** Lets what runs go to its end unpaced. */
export const atFullSpeed = (page: Page): Promise<void> =>
  page.$eval("#speed", (node) => {
    (node as HTMLInputElement).value = "4";
    node.dispatchEvent(new Event("input"));
  });

/** Makes the page forget how its last run ended: nobody but the next one says that it has finished. */
export const forgetEnd = (page: Page): Promise<void> =>
  page.$eval("html", (root) => root.setAttribute("data-run", "asked"));

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Processor time of every task of the page's main thread while something is done, ms, longest first. Processor time and
 * not time on the wall: what else the machine does at the moment is none of the page's doing.
 */
export async function taskTimes(browser: Browser, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ["toplevel"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const mains = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const times = new Map<string, number[]>(mains.map((event) => [thread(event), []]));
  for (const event of traceEvents)
    if (event.ph === "X" && event.name === "ThreadControllerImpl::RunTask")
      times.get(thread(event))?.push((event.tdur ?? 0) / 1000);
  const sum = (values: readonly number[]): number => values.reduce((all, x) => all + x, 0);
  // browsers keep a spare renderer that does nothing
  const [busiest = []] = [...times.values()].sort((a, b) => sum(b) - sum(a));
  return busiest.sort((a, b) => b - a);
}

/** What a click saves: its name and its bytes. */
export async function saved(page: Page, selector: string): Promise<[string, Buffer]> {
  const waiting = page.waitForEvent("download");
  await page.click(selector);
  const download = await waiting;
  return [download.suggestedFilename(), readFileSync(await download.path())];
}
