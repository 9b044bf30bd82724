// Writes shaders/*.wgsl into src/ensemble/webgpu/shaders.gen.ts, so that Node, Deno, bundlers and pages load them alike.
import "./help.mjs";

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../shaders/", import.meta.url);
const target = new URL("../src/ensemble/webgpu/shaders.gen.ts", import.meta.url);

/** The text of the generated module. */
export function generate() {
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith(".wgsl"))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      return `  ${JSON.stringify(name.replace(".wgsl", ""))}: ${JSON.stringify(text)},`;
    });
  return `// Generated from shaders/*.wgsl by scripts/embed-shaders.mjs. Do not edit.\n\nexport const shaders: Readonly<Record<string, string>> = {\n${entries.join("\n")}\n};\n`;
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop())) {
  const text = generate();
  let present = "";
  try {
    present = readFileSync(target, "utf8");
  } catch {}
  if (present !== text) writeFileSync(target, text);
}
