import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCommand, buildPage, buildTypes } from "../built.ts";

export const root: string = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a program in a folder. */
export const started = (
  program: string,
  flags: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...more };
    execFile(program, flags, { cwd, env, maxBuffer: 1 << 26 }, (failure, out, error) =>
      resolve({ code: typeof failure?.code === "number" ? failure.code : failure ? -1 : 0, out, error }),
    );
  });

/** Someone else's folder, with the packed program installed and nothing of ours around it. */
export interface Consumer {
  readonly folder: string;
  /** Paths in the package. */
  readonly packed: readonly string[];
  /** Why it could not be installed: no registry is reached, and npm keeps no copy. */
  readonly offline: boolean;
}

/** A program of theirs: an experiment runs, typed, on the backend that runs everywhere. */
const program = `import { type Experiment, run } from "spinsemble";

const experiment: Experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 2000,
  time: { duration: 2 },
  observables: [{ type: "moments", times: 2 }],
};
export const answer = async (): Promise<string> => {
  const result = await run(experiment, { backend: "wasm" });
  return [result.provenance.backend, result.certificate?.passed].join(" ");
};
`;

/** The same without its types, as it runs. */
const plain = program
  .replace("type Experiment, ", "")
  .replace(": Experiment", "")
  .replace(": Promise<string>", "");

/** Packs what `npm run build` makes, once, and installs it as a user would. */
export async function openConsumer(): Promise<Consumer> {
  buildCommand();
  buildTypes();
  buildPage();
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-consumer-"));
  const pack = await started(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
    root,
  );
  if (pack.code !== 0) throw new Error(pack.error);
  const [{ filename, files }] = JSON.parse(pack.out) as { filename: string; files: { path: string }[] }[];
  writeFileSync(join(folder, "package.json"), '{ "name": "theirs", "private": true, "type": "module" }\n');
  const flags = ["install", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`];
  const { code, error } = await started("npm", flags, folder);
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED/.test(error);
  if (code !== 0 && !offline) throw new Error(error);
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/theirs.ts"), program);
  writeFileSync(join(folder, "src/theirs.mjs"), plain);
  writeFileSync(
    join(folder, "src/main.mjs"),
    'import { answer } from "./theirs.mjs";\n\nconsole.log(await answer());\n',
  );
  return { folder, packed: files.map(({ path }) => path), offline };
}
