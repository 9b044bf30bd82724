import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";
import { defineConfig } from "vite";
import { precache } from "./offline/precache.ts";
import { inParts } from "./plots/plotly-parts.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
/** The library of HDF5 is larger than the page. */
export const noHdf5 = fileURLToPath(new URL("workers/no-hdf5.ts", import.meta.url));
const plotly = "plotly.js/plotly-cartesian.min.js";
const plotlyModule = "virtual:plotly-address";

/**
 * The address of plotly: in the built page that of the script that can run in parts, in development that of plotly
 * itself.
 */
const plotlyAddress = (): Plugin => {
  let building = false;
  return {
    name: "plotly-address",
    configResolved({ command }) {
      building = command === "build";
    },
    resolveId: (id) => (id === plotlyModule ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${plotlyModule}`) return null;
      if (!building) return `export { default } from "${plotly}?url";`;
      const script = inParts(readFileSync(createRequire(import.meta.url).resolve(plotly), "utf8"));
      if (script === null)
        this.error("plotly.js is bundled in a way that web/plots/plotly-parts.ts does not know");
      const file = this.emitFile({ type: "asset", name: "plotly.js", source: script });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
};

/** A style sheet that asks for nothing of its server, so that it holds for a page from a disk too. */
const plainStyle = (): Plugin => ({
  name: "plain-style",
  transformIndexHtml: {
    order: "post",
    handler: (html) => html.replaceAll('<link rel="stylesheet" crossorigin ', '<link rel="stylesheet" '),
  },
});

const config: UserConfig = defineConfig({
  root: here,
  // relative addresses: the same files work under any path of any server
  base: "./",
  plugins: [plotlyAddress(), plainStyle(), precache()],
  resolve: { alias: { h5wasm: noHdf5 } },
  worker: { format: "es" },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    license: { fileName: "licenses.md" },
    target: "es2022",
    // plotly is one large file, loaded only when the first plot is drawn
    chunkSizeWarningLimit: 1700,
  },
});

export default config;
