import type { Problem } from "../../src/experiment/problem.ts";
import { compileScalar } from "../../src/expression/compile.ts";
import { magnetization } from "../../src/expression/vector.ts";
import { contourLines } from "./contour-lines.ts";
import type { EnergyLines } from "./messages.ts";
import { sphereGrid } from "./sphere-grid.ts";

const grid = sphereGrid(61, 121);

/** Approximate largest number of lines. */
const mostLines = 10;

/** 1, 2 or 5 times a power of ten, not below a number. */
function roundAbove(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return ([1, 2, 5].find((digit) => digit * power >= x) ?? 10) * power;
}

/** Lines of equal energy at round numbers of kT, spreads at their means, as it is at the start of a run. */
export function energyLines({ energyOverKT, spreads }: Problem): EnergyLines | null {
  if (!energyOverKT) return null;
  const energy = compileScalar(energyOverKT, [...magnetization, "t", ...spreads.map(({ name }) => name)]);
  const means = spreads.map(({ mean }) => mean);
  const values = grid.values((m) => energy(...m, 0, ...means));
  const flat = values.flat();
  const [low, high] = [Math.min(...flat), Math.max(...flat)];
  if (!(high - low > 1e-6)) return null;
  const every = roundAbove((high - low) / mostLines);
  const first = Math.floor(low / every) + 1;
  const levels = Array.from({ length: mostLines + 1 }, (_, k) => (first + k) * every).filter(
    (level) => level < high,
  );
  return { every, lines: contourLines(grid.phi, grid.mz, values, levels) };
}
