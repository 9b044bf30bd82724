import type { SpawnSyncReturns } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { DeviceLostError } from "../../src/ensemble/webgpu/device.ts";
import type { Result } from "../../src/result.ts";
import type { Checkpoint } from "../../src/run/checkpoint/checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/run/checkpoint/serialize.ts";
import { run } from "../../src/run/run.ts";
import type { Draw } from "../../test/oracle/draw.ts";

/** Target of a fault: an experiment on a backend, and the source of random choices. */
export interface Victim {
  readonly experiment: object;
  readonly backend: Backend;
  readonly draw: Draw;
  /** Seconds that the uninterrupted run took. */
  readonly seconds: number;
}

/** A run with a fault in it, and its result; throws if it did not recover from the fault as it should. */
export type Fault = (victim: Victim) => Promise<Result>;

async function bytesOf(checkpoint: Checkpoint): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeCheckpoint(checkpoint)) pieces.push(piece);
  return Uint8Array.from(Buffer.concat(pieces));
}

/** Stops a run after some of its pieces; the checkpoints that it made, oldest first, as bytes. */
async function stopped({ experiment, backend, draw }: Victim): Promise<Uint8Array[]> {
  const made: Uint8Array[] = [];
  const left = 1 + Math.floor(6 * draw.next());
  await run(experiment, {
    backend: backend.name,
    threads: 1,
    checkpoint: {
      every: 0,
      async save(checkpoint) {
        made.push(await bytesOf(checkpoint));
        // like a kill: later checkpoints are lost
        if (made.length > left) throw new Error("killed");
      },
    },
  }).catch((error: Error) => {
    if (error.message !== "killed") throw error;
  });
  return made;
}

async function resumed(bytes: Uint8Array): Promise<Result> {
  const resume = await decodeCheckpoint(bytes);
  return run(resume.experiment, { threads: 2, resume });
}

/** Loses the device at one piece of the run. */
function losing(inner: Backend, at: number): Backend {
  let count = 0;
  return {
    ...inner,
    name: "webgpu",
    async prepare(kernel, filling, options) {
      const ensemble = await inner.prepare(kernel, filling, options);
      const advance = ensemble.advance.bind(ensemble);
      ensemble.advance = async (to) => {
        if (++count === at) throw new DeviceLostError("unknown: lost by the soak");
        await advance(to);
      };
      return ensemble;
    },
  };
}

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

const fullDisk = new URL("./full-disk.mjs", import.meta.url).href;

/** The command in a folder of its own, which is removed. */
async function inFolder<T>(
  experiment: object,
  use: (file: string, out: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-soak-"));
  try {
    const file = join(folder, "experiment.json");
    writeFileSync(file, JSON.stringify(experiment));
    return await use(file, join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const resultIn = (out: string): Result =>
  JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as Result;

const told = ({ status, stderr }: Pick<SpawnSyncReturns<string>, "status" | "stderr">): string =>
  `exit code ${status}: ${stderr.slice(0, 300)}`;

/** Kills the command at a random moment and continues with its folder, or starts again if nothing was stored yet. */
const killed =
  (signal: NodeJS.Signals): Fault =>
  ({ experiment, backend, draw, seconds }) =>
    inFolder(experiment, async (file, out) => {
      const flags = ["--backend", backend.name, "--threads", "1", "--checkpoint", "0", "--out", out];
      const child = spawn(process.execPath, [command, "run", file, ...flags], { stdio: "ignore" });
      const end = new Promise((resolve) => child.on("exit", resolve));
      const timer = setTimeout(() => child.kill(signal), 1000 * (1 + 2 * seconds) * draw.next());
      await end;
      clearTimeout(timer);
      let again = spawnSync(process.execPath, [command, "resume", out], { encoding: "utf8" });
      if (again.status === 2)
        again = spawnSync(process.execPath, [command, "run", file, ...flags, "--force"], {
          encoding: "utf8",
        });
      if (again.status !== 0 && again.status !== 3) throw new Error(told(again));
      return resultIn(out);
    });

export const faults: Readonly<Record<string, Fault>> = {
  "stopped and resumed": async (victim) => resumed((await stopped(victim)).at(-1) as Uint8Array),
  "corrupt checkpoint": async (victim) => {
    const made = await stopped(victim);
    const spoiled = (made.at(-1) as Uint8Array).slice();
    spoiled[Math.floor(victim.draw.next() * spoiled.length)] ^= 1 << Math.floor(8 * victim.draw.next());
    const taken = await decodeCheckpoint(spoiled).then(
      () => true,
      () => false,
    );
    if (taken) throw new Error("a corrupt checkpoint was taken");
    return resumed(made[Math.max(0, made.length - 2)]);
  },
  "lost device": async ({ experiment, backend, draw }) => {
    const at = 1 + Math.floor(4 * draw.next());
    const result = await run(experiment, {
      backend: losing(backend, at),
      threads: 1,
      checkpoint: { every: 0, save: () => {} },
    });
    const { provenance } = result;
    return { ...result, provenance: { ...provenance, backend: backend.name } };
  },
  SIGKILL: killed("SIGKILL"),
  SIGTERM: killed("SIGTERM"),
  "full disk": ({ experiment, backend }) =>
    inFolder(experiment, (file, out) => {
      const flags = ["--backend", backend.name, "--threads", "1", "--checkpoint", "0", "--out", out];
      const words = [command, "run", file, ...flags];
      const first =
        backend.name === "webgpu"
          ? spawnSync(process.execPath, ["--import", fullDisk, ...words], { encoding: "utf8" })
          : // no file may be longer than a kilobyte, which looks like a full disk to a program
            spawnSync("bash", ["-c", `ulimit -f 1; exec "$0" "$@"`, process.execPath, ...words], {
              encoding: "utf8",
            });
      if (first.status !== 1 || /^ {4}at /m.test(first.stderr)) throw new Error(told(first));
      const again = spawnSync(process.execPath, [...words, "--force"], { encoding: "utf8" });
      if (again.status !== 0 && again.status !== 3) throw new Error(told(again));
      return resultIn(out);
    }),
};
