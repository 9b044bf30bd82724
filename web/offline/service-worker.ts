/*
 * Stores every file of the page, so that it opens and runs without a network. Files come from the store of this build;
 * a newer build is stored beside it and used when no page of the old one is open.
 */

/** The build writes this before the script: all files of the page, and a common name for them. */
declare const kept: { readonly name: string; readonly files: readonly string[] };

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const prefix = "spinsemble ";
const cacheName = prefix + kept.name;

addEventListener("install", (event) =>
  (event as Lasting).waitUntil(caches.open(cacheName).then((cache) => cache.addAll([...kept.files]))),
);

addEventListener("activate", (event) =>
  (event as Lasting).waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith(prefix) && name !== cacheName)
            .map((name) => caches.delete(name)),
        ),
      ),
  ),
);

addEventListener("fetch", (event) => {
  const asked = event as Asked;
  if (asked.request.method !== "GET") return;
  const page = asked.request.mode === "navigate";
  asked.respondWith(
    caches
      .open(cacheName)
      .then((cache) => cache.match(page ? "./index.html" : asked.request, { ignoreSearch: page }))
      .then((answer) => answer ?? fetch(asked.request)),
  );
});
