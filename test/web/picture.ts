import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";

const folder = fileURLToPath(new URL("../../test-output/web/", import.meta.url));

/**
 * Keeps a picture of a page, or of a part of it, for people to see: with PICTURES=1 in the environment only. It tests nothing, and
 * a whole page that software draws takes a processor for seconds.
 */
export async function picture(of: Page | Locator, name: string, fullPage = false): Promise<void> {
  if (process.env.PICTURES !== "1") return;
  mkdirSync(folder, { recursive: true });
  // plots are drawn some frames after they are there
  await pause(500);
  await of.screenshot({ path: join(folder, `${name}.png`), ...(fullPage ? { fullPage } : {}) });
}
