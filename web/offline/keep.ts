/** Time, ms, for the page to open and start its first run before its files are stored. */
const patience = 4000;

/**
 * Lets the browser store the built page, so that it opens without a network. A page opened from a disk needs no copy.
 */
export function keepPage(): void {
  const served = location.protocol.startsWith("http") && document.querySelector('link[rel="manifest"]');
  const fromSource = import.meta.url.includes(".ts");
  if (!served || fromSource || !navigator.serviceWorker) return;
  // a browser that stores nothing, as in a private window, still shows the page
  setTimeout(() => navigator.serviceWorker.register("./service-worker.js").catch(() => undefined), patience);
}
