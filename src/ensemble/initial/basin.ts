import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { surfaceGradient } from "../../physics/dynamics.ts";

export type Point = [number, number, number];

/** Where steepest descent of an energy ends, from any point of the sphere; energies are in kT. */
export function descent(energyOverKT: Expression): (m: Readonly<Point>) => Point {
  const slope = compileVector(surfaceGradient(energyOverKT), ["mx", "my", "mz"]);
  const g = new Float64Array(3);
  const force = (m: Readonly<Point>): number => {
    slope(g, 0, m[0], m[1], m[2]);
    return Math.hypot(g[0], g[1], g[2]);
  };
  return (start) => {
    let m: Point = [...start];
    // arcs of decreasing length along −∇; an arc that overshoots a minimum is halved
    let arc = 0.2;
    for (let i = 0; i < 400 && arc > 1e-5; i++) {
      const size = force(m);
      if (size < 1e-9) break;
      const direction = [-g[0] / size, -g[1] / size, -g[2] / size];
      const next = m.map((x, k) => Math.cos(arc) * x + Math.sin(arc) * direction[k]) as Point;
      force(next);
      const forward = g[0] * direction[0] + g[1] * direction[1] + g[2] * direction[2] < 0;
      if (forward) m = next;
      else arc /= 2;
    }
    return m;
  };
}

/** Whether two descents ended in the same minimum: one is a short walk from the other. */
export const sameWell = (a: Readonly<Point>, b: Readonly<Point>): boolean =>
  a[0] * b[0] + a[1] * b[1] + a[2] * b[2] > Math.cos(0.05);
