// Makes the pictures of the README from real runs: the page in Chromium and the report of the main job.
import "./help.mjs";

import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const pictures = join(root, "docs/pictures");
mkdirSync(pictures, { recursive: true });
execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });

const folder = mkdtempSync(join(tmpdir(), "spinsemble-pictures-"));
execFileSync(process.execPath, ["dist/cli.js", "run", "examples/neel-brown.yaml", "--out", folder], {
  cwd: root,
});

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const path = join(
    root,
    "dist/web",
    new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html"),
  );
  if (!existsSync(path)) return response.writeHead(404).end();
  response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
  createReadStream(path).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const flags = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...flags, "--use-angle=vulkan"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 940 }, colorScheme: "light" });
  await page.goto(
    `http://127.0.0.1:${server.address().port}/#v=1&preset=neel-brown&spins=100000&backend=wasm`,
  );
  await page.getByText(/Agrees with|Does not agree/).waitFor({ timeout: 300_000 });
  for (const panel of ["density", "mean-magnetization"])
    await page.locator(`[data-panel="${panel}"] .still .main-svg`).first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(3000);
  await page.screenshot({ path: join(pictures, "page.png") });
  await page.setViewportSize({ width: 1000, height: 1250 });
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
  await page.waitForTimeout(2000);
  await page.screenshot({ path: join(pictures, "report.png") });
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
