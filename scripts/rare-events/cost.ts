import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reference } from "../../src/ensemble/reference/index.ts";
import { writeErrors } from "./cases.ts";
import { counted } from "./counted.ts";

/** Cost of a probability near 10⁻¹² on one core. */
export interface Cost {
  readonly program: string;
  readonly exact: number;
  readonly value: number;
  readonly relativeError: number;
  readonly spinSteps: number;
  /** Processor time, and that for an error of 10 %; it is proportional to one over the square of the error. */
  readonly seconds: number;
  readonly secondsForTenPercent: number;
  /** Processor years of 10¹⁴ trajectories without splitting. */
  readonly yearsOfDirect: number;
}

const wanted = 0.1;
const trajectories = 1e14;
const year = 3.156e7;

const costOf = (
  program: string,
  exact: number,
  {
    value,
    relativeError,
    spinSteps,
    seconds,
    spins,
  }: Pick<Cost, "value" | "relativeError" | "spinSteps" | "seconds"> & { spins: number },
): Cost => ({
  program,
  exact,
  value,
  relativeError,
  spinSteps,
  seconds,
  secondsForTenPercent: seconds * (relativeError / wanted) ** 2,
  yearsOfDirect: ((seconds / spins) * trajectories) / year,
});

const source = fileURLToPath(new URL("../../bench/twins/splitting-float64.cpp", import.meta.url));

/**
 * The same case by a hand-written program for one core in float64, with steps at which Heun's scheme has errors of some
 * per cent.
 */
function byHand(spins: number, step: number, exact: number): Cost | string {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-rare-"));
  try {
    const program = join(folder, "splitting");
    const built = spawnSync("g++", ["-O3", "-march=native", source, "-o", program], { encoding: "utf8" });
    if (built.status !== 0) return `no C++ program: ${built.error?.message ?? built.stderr.split("\n")[0]}`;
    const parameters = [spins, 32, 60, 0.1, 2, 160, step, 1].map(String);
    const { stdout } = spawnSync(program, parameters, { encoding: "utf8" });
    const [seconds, spinSteps, value, relativeError] = stdout.split(" ").map(Number);
    const name = `C++, float64, Heun, step ${step}`;
    return costOf(name, exact, { seconds, spinSteps, value, relativeError, spins });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ours on WebAssembly and in float64, and the hand-written program. */
export async function costs(spins: number): Promise<(Cost | string)[]> {
  const [, of] = writeErrors;
  const exact = of.truth as number;
  const ours = async (program: string, count: number, backend?: typeof reference): Promise<Cost> => {
    const { figure, found, seconds } = await counted(of, count, 1, undefined, backend);
    const spinSteps = found.spins * found.steps;
    const value = figure?.value ?? 0;
    return costOf(program, exact, {
      value,
      relativeError: found.relativeError ?? 1,
      spinSteps,
      seconds,
      spins: count,
    });
  };
  return [
    await ours("WebAssembly, one thread", spins),
    await ours("reference (float64 in JavaScript)", spins / 8, reference),
    byHand(spins, 0.1, exact),
    byHand(spins, 0.05, exact),
  ];
}
