import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const script = "service-worker.js";

/** Adds the service worker to the built page, with the list of all files that it stores. */
export const precache = (): Plugin => ({
  name: "precache",
  apply: "build",
  buildStart() {
    const id = fileURLToPath(new URL("./service-worker.ts", import.meta.url));
    this.emitFile({ type: "chunk", id, fileName: script });
    for (const name of ["manifest.webmanifest", "icon.svg"])
      this.emitFile({
        type: "asset",
        fileName: name,
        source: readFileSync(new URL(name, import.meta.url), "utf8"),
      });
  },
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const hash = createHash("sha256");
      const files = Object.keys(bundle)
        .filter((name) => name !== script && !name.endsWith(".md"))
        .sort();
      for (const name of files) {
        const file = bundle[name];
        hash.update(name).update(file.type === "chunk" ? file.code : file.source);
      }
      const kept = { name: hash.digest("hex").slice(0, 16), files: files.map((name) => `./${name}`) };
      const worker = bundle[script];
      if (worker?.type !== "chunk") this.error("the service worker is missing");
      worker.code = `const kept=${JSON.stringify(kept)};\n${worker.code}`;
    },
  },
});
