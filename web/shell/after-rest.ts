/** Milliseconds for which a verdict stands before the run goes on. */
const rest = 5000;

/** Goes on after the verdict has stood for a while, where it is wanted, somebody looks, and nobody has asked for quiet. */
export function afterRest(wanted: () => boolean, go: () => void): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  setTimeout(() => {
    const ended = document.documentElement.dataset.run === "finished";
    if (ended && wanted() && !document.hidden && !calm.matches) go();
  }, rest);
}
