import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { div } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Frame } from "./frame.ts";
import { outOfFrame } from "./frame.ts";

/** Azimuths over which rings are averaged, and at which a condition is tested: an event may be half a degree wide. */
const azimuths = 48;
const azimuthsTested = 720;

/** Points of the ring about the frame's third axis at height z. */
function ring(frame: Frame, z: number, azimuths: number): (readonly [number, number, number])[] {
  const s = Math.sqrt(Math.max(0, 1 - z * z));
  return Array.from({ length: azimuths }, (_, k) => {
    const phi = (2 * Math.PI * (k + 0.5)) / azimuths;
    return outOfFrame(frame, [s * Math.cos(phi), s * Math.sin(phi), z]);
  });
}

/** −ln of the mean of exp(−Ψ/D) over rings about the frame's third axis: the potential of the averaged motion along z. */
export function averagedPotential(dynamics: Dynamics, frame: Frame): (z: number, t: number) => number {
  const potential = compileScalar(div(dynamics.psi, dynamics.diffusion), [...magnetization, "t"]);
  return (z, t) => {
    const heights = ring(frame, z, azimuths).map((m) => potential(m[0], m[1], m[2], t));
    const lowest = Math.min(...heights);
    return lowest - Math.log(heights.reduce((sum, height) => sum + Math.exp(lowest - height), 0) / azimuths);
  };
}

/** Share of the ring at height z on which a condition holds. */
export function averagedCondition(condition: Expression, frame: Frame): (z: number) => number {
  const holds = compileScalar(condition, magnetization);
  return (z) => ring(frame, z, azimuthsTested).filter((m) => holds(...m)).length / azimuthsTested;
}
