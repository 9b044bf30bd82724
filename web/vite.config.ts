import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

const config: UserConfig = defineConfig({
  root: here,
  // relative addresses: the same files work under any path of any server
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // plotly is one large file by nature, and loaded only when the first plot is drawn
    chunkSizeWarningLimit: 1700,
  },
});

export default config;
