// Makes the pictures of README and docs from real runs: the page in Chromium, and reports. With names of pictures, only
// those.
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
execFileSync(process.execPath, ["scripts/build.mjs", ...(process.argv.length > 2 ? ["--quick"] : [])], {
  cwd: root,
  stdio: "inherit",
});

/** Reports of docs/examples.md: the picture's name, the command, and the first figure shown. */
const reports = [
  { picture: "report", command: "run", file: "neel-brown.yaml" },
  { picture: "p-bit", command: "run", file: "p-bit.yaml", from: /dwell/i },
  { picture: "stack", command: "transport", file: "cobalt-copper-cobalt.yaml", from: /accumulation/i },
];
const wanted = process.argv.slice(2);
const chosen = (name) => wanted.length === 0 || wanted.includes(name);
const folder = mkdtempSync(join(tmpdir(), "spinsemble-pictures-"));
for (const { picture, command, file } of reports.filter(({ picture }) => chosen(picture)))
  execFileSync(
    process.execPath,
    ["dist/cli.js", command, join("examples", file), "--out", join(folder, picture)],
    { cwd: root },
  );

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
  if (chosen("page")) {
    await page.goto(
      `http://127.0.0.1:${server.address().port}/#v=1&preset=neel-brown&spins=100000&backend=wasm`,
    );
    await page.getByText(/Agrees with|Does not agree/).waitFor({ timeout: 300_000 });
    for (const panel of ["density", "mean-magnetization"])
      await page.locator(`[data-panel="${panel}"] .plotted .main-svg`).first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(3000);
    await page.screenshot({ path: join(pictures, "page.png") });
  }
  await page.setViewportSize({ width: 1000, height: 1250 });
  for (const { picture, from } of reports.filter(({ picture }) => chosen(picture))) {
    await page.goto(pathToFileURL(join(folder, picture, "report.html")).href);
    if (from)
      await page
        .locator("h2, h3", { hasText: from })
        .first()
        .evaluate((head) => head.scrollIntoView());
    await page.waitForTimeout(2000);
    await page.screenshot({ path: join(pictures, `${picture}.png`) });
  }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
