/*
 * Keeps every file of the page, so that it opens and runs without a network. Files are taken from what was kept with
 * this very build; a newer build is kept beside it and used once no page of the old one is open.
 */

/** Put before this script by the build: all files of the page, and a name for them together. */
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
