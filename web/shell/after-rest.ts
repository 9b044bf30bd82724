/** Milliseconds for which a verdict is shown before the run continues. */
const rest = 5000;

/**
 * Continues after the verdict has been shown for a while, if that is wanted, the page is visible, and the user has not
 * requested reduced motion.
 */
export function afterRest(wanted: () => boolean, go: () => void): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  setTimeout(() => {
    const ended = document.documentElement.dataset.run === "finished";
    if (ended && wanted() && !document.hidden && !calm.matches) go();
  }, rest);
}
