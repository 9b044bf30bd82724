import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import type { Availability } from "../../../src/ensemble/kernel.ts";
import { chromiumPath } from "../../platform/platforms.ts";
import type { Answer } from "../../platform/scenarios.ts";

/** Flags with which headless Chromium offers WebGL2 on its own software adapter, whatever else is installed. */
const flags = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--disable-background-networking",
];

/** Answers of the gpujs backend as WebGL2 shaders in headless Chromium. */
export async function answersInChromium(): Promise<{
  availability: Availability;
  answers: Record<string, Answer>;
  roundTrip: number;
}> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL("chromium-main.ts", import.meta.url)),
        formats: ["es"],
        fileName: "main",
      },
    },
  });
  // gpu.js is loaded lazily, so it comes as a file of its own
  const files = new Map(
    (built as unknown as { output: { fileName: string; code: string }[] }[])[0].output.map((file) => [
      `/${file.fileName}`,
      file.code,
    ]),
  );
  const server = createServer((request, response) => {
    const code = files.get(request.url ?? "");
    response.setHeader("content-type", code ? "text/javascript" : "text/html");
    response.end(code ?? '<!doctype html><script type="module" src="/main.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: flags,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("globalThis.answers !== undefined");
    return {
      availability: (await page.evaluate("globalThis.probe()")) as Availability,
      answers: (await page.evaluate("globalThis.answers()")) as Record<string, Answer>,
      roundTrip: (await page.evaluate("globalThis.roundTrip(300001)")) as number,
    };
  } finally {
    await browser.close();
    server.close();
  }
}
