/** Time in which the page opens and its first run begins; keeping its files may come after, ms. */
const patience = 4000;

/** Has the browser keep the built page, so that it opens without a network. On a disk it is there anyhow. */
export function keepPage(): void {
  const served = location.protocol.startsWith("http") && document.querySelector('link[rel="manifest"]');
  const fromSource = import.meta.url.includes(".ts");
  if (!served || fromSource || !navigator.serviceWorker) return;
  // a browser that keeps nothing, as in a private window, shows the page all the same
  setTimeout(() => navigator.serviceWorker.register("./service-worker.js").catch(() => undefined), patience);
}
