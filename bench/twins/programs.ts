import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { BenchRow, Twin } from "../../src/bench/run-bench.ts";
import { alpha, delta, timeStepOf } from "../../src/bench/workload.ts";
import { kickCalibration } from "../../src/integrators/kick.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Twins that are separate programs: built if their compiler is available, and driven over a pipe. */
interface Program {
  readonly name: string;
  readonly source: string;
  readonly integrator: "splitting" | "heun";
  readonly variates: "dyadic" | "gaussian";
  readonly device: "processor" | "gpu";
  /** Command that builds `out`, or a string with the reason why the twin cannot run. */
  readonly build: (out: string) => readonly string[] | string;
}

const runs = (command: string, ...parameters: string[]): boolean => {
  try {
    return spawnSync(command, parameters, { stdio: "ignore" }).status === 0;
  } catch {
    return false;
  }
};

const cpp =
  (source: string) =>
  (out: string): readonly string[] | string =>
    runs("g++", "--version")
      ? [
          "g++",
          "-O3",
          "-march=native",
          "-mavx2",
          "-mfma",
          "-fopenmp",
          join(here, source),
          "-o",
          out,
          "-lmvec",
          "-lm",
        ]
      : "no g++";
const cuda =
  (source: string) =>
  (out: string): readonly string[] | string => {
    if (!existsSync("/dev/nvidia0") && !existsSync("/dev/nvidiactl")) return "no NVIDIA GPU";
    if (runs("nvcc", "--version"))
      return ["nvcc", "-O3", "--use_fast_math", "-arch=native", join(here, source), "-o", out];
    // the bundle contains compiled ones if it was made with nvcc
    const compiled = join(here, `${source}.bin`);
    return existsSync(compiled) ? ["cp", compiled, out] : "no nvcc";
  };

const programs: readonly Program[] = [
  {
    name: "C++ AVX2, splitting, one vector",
    source: "splitting.cpp",
    integrator: "splitting",
    variates: "dyadic",
    device: "processor",
    build: cpp("splitting.cpp"),
  },
  {
    name: "C++ AVX2, Heun, Box-Muller",
    source: "heun.cpp",
    integrator: "heun",
    variates: "gaussian",
    device: "processor",
    build: cpp("heun.cpp"),
  },
  {
    name: "CUDA, same algorithm",
    source: "splitting.cu",
    integrator: "splitting",
    variates: "dyadic",
    device: "gpu",
    build: cuda("splitting.cu"),
  },
  {
    name: "CUDA, Heun, Philox10, Box-Muller",
    source: "heun.cu",
    integrator: "heun",
    variates: "gaussian",
    device: "gpu",
    build: cuda("heun.cu"),
  },
  {
    name: "JAX, Heun, jit and fori_loop",
    source: "heun_jax.py",
    integrator: "heun",
    variates: "gaussian",
    device: "gpu",
    build: () =>
      runs("python3", "-c", "import jax")
        ? ["python3", "-m", "py_compile", join(here, "heun_jax.py")]
        : "no jax",
  },
];

/** Half the calibrated kick angle of the bench's model (integrators/kick.ts). */
function halfKick(): number {
  const variance = (alpha / delta) * timeStepOf.splitting;
  return 0.5 * kickCalibration(variance, "dyadic") * Math.sqrt(variance);
}

/** Range of ⟨mz²⟩ of the bench's model for any correct scheme; a twin outside it computes something else. */
const plausible = [0.68, 0.75] as const;

async function start(program: Program, executable: string, threads: number): Promise<Twin> {
  const spins = program.device === "gpu" ? 1 << 21 : 65536;
  const parameters = [spins, threads, timeStepOf[program.integrator], halfKick()].map(String);
  const child = program.source.endsWith(".py")
    ? spawn("python3", [join(here, program.source), ...parameters], {
        stdio: ["pipe", "pipe", "inherit"],
        // otherwise it takes three quarters of the card's memory from the program timed beside it
        env: { ...process.env, XLA_PYTHON_CLIENT_PREALLOCATE: "false" },
      })
    : spawn(executable, parameters, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let total = 0;
  const wanted: (row: BenchRow) => boolean = (row) =>
    program.device === "gpu"
      ? row.backend === "webgpu"
      : row.backend === "wasm"
        ? row.threads === threads
        : row.backend === "webgpu" && /software/.test(row.adapter) && threads > 1;
  return {
    name: program.name,
    integrator: program.integrator,
    variates: program.variates,
    threads: program.device === "gpu" ? null : threads,
    spins,
    adapter: program.device === "gpu" ? "CUDA" : "processor",
    // ours compared with the same scheme, and the splitting compared with the usual scheme at equal step
    against: (row) =>
      wanted(row) &&
      (row.integrator === program.integrator || (program.device === "gpu" && row.integrator === "splitting")),
    async run(steps) {
      child.stdin.write(`${steps}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`${program.name} ended`);
      const [seconds, square] = String(line.value).split(" ").map(Number);
      total += steps * timeStepOf[program.integrator];
      if (total > 2000 && !(square > plausible[0] && square < plausible[1]))
        throw new Error(`${program.name} does not reach equilibrium: mean of mz² is ${square}`);
      return seconds;
    },
    async close() {
      child.stdin.end();
      child.kill();
    },
  };
}

/** Builds and starts all twins that can run here, or those of one kind of device; for the others, gives the reason. */
export async function startPrograms(
  threads: number,
  say: (text: string) => void,
  device?: Program["device"],
): Promise<{ twins: Twin[]; absent: { backend: string; reason: string }[] }> {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-bench-"));
  const twins: Twin[] = [];
  const absent: { backend: string; reason: string }[] = [];
  for (const program of programs) {
    if (device && program.device !== device) continue;
    const executable = join(folder, program.source.replace(/\W/g, "-"));
    const command = program.build(executable);
    if (typeof command === "string") {
      absent.push({ backend: program.name, reason: command });
      continue;
    }
    say(`building: ${program.name}`);
    const { status, stderr } = spawnSync(command[0], command.slice(1), { encoding: "utf8" });
    if (status !== 0) {
      absent.push({ backend: program.name, reason: `does not build: ${stderr.split("\n")[0]}` });
      continue;
    }
    const counts = program.device === "gpu" ? [threads] : [...new Set([1, threads])];
    for (const count of counts) twins.push(await start(program, executable, count));
  }
  return { twins, absent };
}
