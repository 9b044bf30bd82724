import type { Problem } from "../../src/experiment/problem.ts";
import { compileScalar } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { div } from "../../src/expression/expression.ts";
import { substitute } from "../../src/expression/rewrite.ts";
import { magnetization } from "../../src/expression/vector.ts";
import type { Density } from "../../src/fokker-planck/density.ts";
import { instantaneous } from "../../src/fokker-planck/instantaneous.ts";
import { probabilityCurrent } from "../../src/fokker-planck/probability-current.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";
import { isDriven } from "../../src/physics/dynamics.ts";
import { meansOf } from "../../src/physics/spread.ts";
import { wellBarriers } from "../../src/physics/wells/barriers.ts";
import { landscapes } from "../../src/physics/wells/landscape.ts";
import { contourLines } from "./contour-lines.ts";
import type { Landscape, RestingPoint } from "./messages.ts";
import { sphereGrid } from "./sphere-grid.ts";

const even = sphereGrid(41, 73);
const [mzAt, phiAt, grid] = [even.mz, even.phi, even.values];

/** The stationary current on a coarse grid. */
function current(
  dynamics: Dynamics,
  density: Density,
  diffusion: number,
  perSecond: number,
): Landscape["current"] {
  const at = probabilityCurrent(dynamics, diffusion, density);
  const found: { mz: number[]; phi: number[]; up: number[]; around: number[] } = {
    mz: [],
    phi: [],
    up: [],
    around: [],
  };
  for (let i = 0; i < 13; i++)
    for (let j = 0; j < 24; j++) {
      const mz = -0.96 + (1.92 * i) / 12;
      const phi = -Math.PI + (2 * Math.PI * (j + 0.5)) / 24;
      const { up, around } = at(Math.acos(mz), phi);
      found.mz.push(mz);
      found.phi.push(phi);
      found.up.push(up * perSecond);
      found.around.push(around * perSecond);
    }
  return found;
}

/** Share of the span of the energy. */
const belowSummit = 1e-3;

/**
 * Energy and potentials with spreads at their means, at one time (s); the stationary density and its current, lines of
 * equal value, and the stationary points of the energy.
 */
export function landscape(problem: Problem, time: number): Landscape {
  const found = fields(problem, time / problem.units.time);
  const lines = (z: Landscape["energy"]) => z && contourLines(phiAt, mzAt, z, 15);
  const rests = restsOf(problem, time / problem.units.time);
  const heights = found.energy?.flat() ?? [];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  // a ring of saddles may be the maximum: its line is drawn slightly below
  const levels = rests.saddles.map(({ energy }) => Math.min(energy, high - belowSummit * (high - low)));
  return {
    ...found,
    ...rests,
    separatrix: found.energy && levels.length > 0 ? contourLines(phiAt, mzAt, found.energy, levels) : null,
    time: isDriven(problem.dynamics) ? time : null,
    lines: {
      energy: lines(found.energy),
      relaxation: lines(found.relaxation),
      precession: lines(found.precession),
      density: lines(found.density),
    },
  };
}

/** Lines of the energy in kT; none at zero temperature. */
function restsOf({ energyOverKT, spreads }: Problem, t: number): Pick<Landscape, "minima" | "saddles"> {
  if (!energyOverKT) return { minima: [], saddles: [] };
  const [energy] = substitute([energyOverKT] as const, { t, ...meansOf(spreads) });
  const place = ([x, y, z]: readonly [number, number, number], height: number): RestingPoint => ({
    mz: z,
    phi: Math.atan2(y, x),
    energy: height,
  });
  const wells = wellBarriers(landscapes(energy)());
  // two wells share the saddle between them
  const saddles = wells.flatMap(({ saddle, barrier, energy: bottom }) =>
    saddle && barrier !== null ? [place(saddle, bottom + barrier)] : [],
  );
  const isNew = ({ mz, phi }: RestingPoint, i: number): boolean =>
    saddles.findIndex((other) => Math.hypot(other.mz - mz, Math.sin((other.phi - phi) / 2)) < 1e-3) === i;
  return {
    minima: wells.map(({ bottom, energy: height }) => place(bottom, height)),
    saddles: saddles.filter(isNew),
  };
}

function fields(
  problem: Problem,
  t: number,
): Omit<Landscape, "lines" | "minima" | "saddles" | "separatrix" | "time"> {
  const names = problem.spreads.map((spread) => spread.name);
  const means = problem.spreads.map((spread) => spread.mean);
  const values = (of: Expression) => {
    const evaluate = compileScalar(of, [...magnetization, "t", ...names]);
    return grid((m) => evaluate(...m, t, ...means));
  };
  const { psi, omega, diffusion } = problem.dynamics;
  const noise = compileScalar(diffusion, ["t", ...names])(t, ...means);
  const parts = {
    mz: mzAt,
    phi: phiAt,
    energy: problem.energyOverKT && values(problem.energyOverKT),
    relaxation: noise > 0 ? values(div(psi, noise)) : null,
    precession: values(omega).map((row) => row.map((x) => x / problem.units.time)),
  };
  if (names.length > 0)
    return { ...parts, density: null, current: null, reason: "parameters differ from spin to spin" };
  const driven = isDriven(problem.dynamics);
  const dynamics = driven ? instantaneous(problem.dynamics, t) : problem.dynamics;
  const solved = solveFokkerPlanck(dynamics, { breakpoints: driven ? [] : problem.breakpoints });
  const stationary = solved.value?.stationary();
  if (!stationary?.value)
    return { ...parts, density: null, current: null, reason: solved.reason ?? stationary?.reason };
  const density = stationary.value;
  return {
    ...parts,
    density: grid((m) => density.at(m)),
    current: current(dynamics, density, noise, 1 / problem.units.time),
  };
}
