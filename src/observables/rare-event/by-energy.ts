import { compileColumns, compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { div } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { averagedCondition } from "../../fokker-planck/averaged-meridian.ts";
import type { Frame } from "../../fokker-planck/frame.ts";
import { outOfFrame } from "../../fokker-planck/frame.ts";
import type { LogImportance } from "../../fokker-planck/importance.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import type { LogPotential } from "./potential.ts";
import { alongAxis, inTable, tableOf } from "./potential.ts";

/** Number of rings on a meridian, and of azimuths in the search for the lowest energy of a ring. */
const [rings, azimuths] = [720, 180];

/** The way from the bottom of a well to an event on one side of it. */
interface Way {
  readonly sign: number;
  /** Height of the saddle. */
  readonly saddle: number;
  /** Lowest energies of rings up to the saddle, in kT, ascending, and ln G there. */
  readonly energies: readonly number[];
  readonly logs: readonly number[];
}

/**
 * ln G as a function of the signed energy: a spin between the saddles gets the value of the ring whose lowest energy it
 * has; beyond a saddle its height decides. If the energy varies along rings, a precessing spin changes its height twice
 * a turn but its energy hardly. G of the height alone would copy it at one phase and drop it at the next. `bottom` is
 * the height of the bottom of the well.
 */
export function byEnergy(
  { psi, diffusion }: Pick<Dynamics, "psi" | "diffusion">,
  frame: Frame,
  event: Expression,
  { logG, bottom }: { readonly logG: LogImportance; readonly bottom: number },
): LogPotential {
  const energy = compileScalar(div(psi, diffusion), [...magnetization, "t"]);
  const happens = averagedCondition(event, frame);
  const lowestAt = (z: number): number => {
    const s = Math.sqrt(Math.max(0, 1 - z * z));
    let low = Number.POSITIVE_INFINITY;
    for (let k = 0; k < azimuths; k++) {
      const phi = (2 * Math.PI * k) / azimuths;
      const [x, y, w] = outOfFrame(frame, [s * Math.cos(phi), s * Math.sin(phi), z]);
      low = Math.min(low, energy(x, y, w, 0));
    }
    return low;
  };
  const ways = [1, -1].flatMap((sign): Way[] => {
    const energies: number[] = [];
    const heights: number[] = [];
    const start = Math.acos(bottom);
    for (let k = 0; ; k++) {
      const angle = start - (sign * k * Math.PI) / rings;
      if (angle < 0 || angle > Math.PI) return [];
      const z = Math.cos(angle);
      if (happens(z) > 0.5) break;
      heights.push(z);
      energies.push(lowestAt(z));
    }
    const top = energies.indexOf(Math.max(...energies));
    if (top < 0) return [];
    let highest = Number.NEGATIVE_INFINITY;
    const ascending = energies.slice(0, top + 1).map((e) => {
      highest = Math.max(highest, e);
      return highest;
    });
    return [{ sign, saddle: heights[top], energies: ascending, logs: heights.slice(0, top + 1).map(logG) }];
  });
  const [, , u] = frame;
  const byHeight = tableOf(-1, 1, logG);
  // beyond these heights a spin is past a saddle
  const [upper, lower] = [1, -1].map(
    (sign) => ways.find((way) => way.sign === sign)?.saddle ?? sign * Number.POSITIVE_INFINITY,
  );
  const [low, high] = [Math.min, Math.max].map((most) =>
    most(...ways.flatMap(({ energies }) => [energies[0], energies[energies.length - 1]])),
  );
  if (!(high > low)) return alongAxis(u, logG);
  const within = tableOf(low, high, (e) => Math.max(...ways.map((way) => logAt(way, e))));
  const fillEnergies = compileColumns(div(psi, diffusion), magnetization, ["t"]);
  return {
    of: magnetization,
    fill(columns, logs) {
      const [x, y, z] = columns;
      fillEnergies(columns, logs, 0);
      for (let i = 0; i < logs.length; i++) {
        const height = u[0] * x[i] + u[1] * y[i] + u[2] * z[i];
        logs[i] =
          height >= upper || height <= lower
            ? inTable(byHeight, height)
            : inTable(within, Math.max(low, Math.min(high, logs[i])));
      }
    },
  };
}

/** ln G at an energy, straight between the rings of a way. */
function logAt({ energies, logs }: Way, energy: number): number {
  const next = energies.findIndex((ring) => ring > energy);
  if (next < 0) return logs[logs.length - 1];
  if (next === 0) return logs[0];
  const share = (energy - energies[next - 1]) / (energies[next] - energies[next - 1]);
  return logs[next - 1] + share * (logs[next] - logs[next - 1]);
}
