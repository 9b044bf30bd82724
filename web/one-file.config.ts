import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";
import { build, defineConfig } from "vite";
import { inParts } from "./plots/plotly-parts.ts";
import { noHdf5 } from "./vite.config.ts";

/*
 * Builds dist/spinsemble.html: the whole page in one file, which runs from a disk. Browsers do not let a local file
 * start a worker or fetch another file, so the workers and plotly are texts in the file and become blobs on demand. The
 * content security policy stays, but allows the one script in the file by its hash instead of scripts of the same
 * origin.
 */

const here = fileURLToPath(new URL(".", import.meta.url));

/** A text escaped for a script element. */
const embedded = (text: string): string => text.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");

/** The address of such a text, made on demand. */
const blobOf = (id: string): string =>
  `URL.createObjectURL(new Blob([document.getElementById(${JSON.stringify(id)}).textContent], { type: "text/javascript" }))`;

interface Output {
  readonly output: readonly { readonly type: string; readonly code?: string; readonly source?: string }[];
}

const oneChunk = { output: { codeSplitting: false } } as const;
/** A file on a disk has an opaque origin, from which browsers start classic workers only. */
const classic = {
  output: { codeSplitting: false, format: "iife" },
  // they have no import.meta; code that uses it does not run in a browser
  transform: { define: { "import.meta": "{}" } },
} as const;

const license = { fileName: "licenses.md" };

/** All workers as one script, and the licences of its contents. */
async function workerTexts(): Promise<{ readonly workers: string; readonly licences: string }> {
  const built = (await build({
    configFile: false,
    root: here,
    resolve: { alias: { h5wasm: noHdf5 } },
    logLevel: "warn",
    build: {
      write: false,
      license,
      target: "es2022",
      rollupOptions: { input: "workers/worker.ts", ...classic },
    },
  })) as unknown as Output;
  const chunks = built.output.filter(({ type }) => type === "chunk");
  if (chunks.length !== 1) throw new Error(`the workers make ${chunks.length} scripts instead of one`);
  const { source = "" } = built.output.find(({ type }) => type === "asset") ?? {};
  return { workers: chunks[0].code ?? "", licences: source };
}

function plotlyText(): string {
  const file = createRequire(import.meta.url).resolve("plotly.js/plotly-cartesian.min.js");
  const script = inParts(readFileSync(file, "utf8"));
  if (script === null)
    throw new Error("plotly.js is bundled in a way that web/plots/plotly-parts.ts does not know");
  return script;
}

/** Replaces addresses by blobs, and puts everything into the page. */
function oneFile(texts: Readonly<Record<string, string>>): Plugin {
  const asked = 'new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: role })';
  const given = `new Worker(${blobOf("workers")}, { name: role })`;
  return {
    name: "one-file",
    enforce: "pre",
    resolveId: (id) => (id === "virtual:plotly-address" ? `\0${id}` : null),
    load: (id) => (id === "\0virtual:plotly-address" ? `export default ${blobOf("plotly")};` : null),
    transform(code, id) {
      if (!id.endsWith("/workers/client.ts")) return null;
      if (!code.includes(asked)) this.error("web/workers/client.ts starts its worker in another way");
      return code.replace(asked, () => given);
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = Object.values(bundle);
        const page = files.find(({ fileName }) => fileName.endsWith(".html"));
        const main = files.filter((file) => file.type === "chunk");
        const style = files.find(({ fileName }) => fileName.endsWith(".css"));
        if (page?.type !== "asset" || style?.type !== "asset" || main.length !== 1)
          return this.error("the page is not of one script and one style");
        const script = `\n${embedded(main[0].code)}`;
        const hash = createHash("sha256").update(script).digest("base64");
        const data = Object.entries(texts).map(
          ([id, text]) => `<script type="text/plain" id="${id}">${embedded(text)}</script>`,
        );
        const html = String(page.source)
          .replace(/script-src 'self'/, `script-src 'sha256-${hash}'`)
          .replace(/worker-src 'self' /, "worker-src ")
          .replace(/style-src 'self' /, "style-src ")
          .replace(/connect-src 'self' /, "connect-src ")
          .replace(/; manifest-src 'self'/, "")
          .replace(/\s*<link rel="manifest"[^>]*>/, "")
          .replace(/\s*<script type="module"[^>]*><\/script>/, "")
          .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${String(style.source)}</style>`)
          .replace("</body>", () => `${data.join("\n")}\n<script type="module">${script}</script>\n</body>`);
        for (const name of Object.keys(bundle)) delete bundle[name];
        this.emitFile({ type: "asset", fileName: "spinsemble.html", source: html });
      },
    },
  };
}

const config: Promise<UserConfig> = (async () =>
  defineConfig({
    root: here,
    base: "./",
    resolve: { alias: { h5wasm: noHdf5 } },
    plugins: [oneFile({ ...(await workerTexts()), plotly: plotlyText() })],
    build: {
      outDir: "../dist",
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      chunkSizeWarningLimit: 5000,
      rollupOptions: oneChunk,
    },
  }))();

export default config;
