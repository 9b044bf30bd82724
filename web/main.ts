/*
 * First tests whether this browser can show the page: classes with private fields, workers, and canvases on which
 * workers can draw. Otherwise it shows a message instead of a dead page.
 */
import { keepPage } from "./offline/keep.ts";

document.querySelector(".unbegun")?.remove();
const missing = [
  typeof Worker === "undefined" && "workers",
  (typeof OffscreenCanvas === "undefined" ||
    !("transferControlToOffscreen" in HTMLCanvasElement.prototype)) &&
    "canvases that workers can draw on",
  typeof IntersectionObserver === "undefined" && "observers of what is in sight",
].filter((name) => name !== false);

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Libraries, code and page start in separate tasks, so that none is long. */
async function begin(): Promise<void> {
  await import("../src/expression/parse.ts");
  await rest();
  await import("../src/experiment/schema.ts");
  await rest();
  const { Page } = await import("./shell/page.ts");
  await rest();
  const page = new Page();
  page.begin();
  keepPage();
  // for tests of the loss of the device
  Object.assign(globalThis, { spinsemble: { loseDevice: () => page.loseDevice() } });
}

const explained = (reason: string): void => {
  const main = document.querySelector("main");
  const words = document.createElement("p");
  words.className = "explained";
  words.setAttribute("role", "alert");
  words.textContent = `spinsemble cannot run in this browser: ${reason}. A present Chrome, Edge, Firefox or Safari shows this page; the command line runs the same experiments without a browser.`;
  main?.replaceChildren(words);
};

if (missing.length > 0) explained(`it has no ${missing.join(", no ")}`);
else begin().catch((error) => explained(String(error?.message ?? error)));
