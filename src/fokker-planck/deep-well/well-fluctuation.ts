import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { gaussHermite } from "../../numerics/gauss-hermite.ts";
import type { Density } from "../density.ts";
import type { Fluctuation } from "../fluctuation-in-basis.ts";
import type { Chart } from "./chart.ts";
import { basisAt } from "./well-basis.ts";
import type { WellOperator } from "./well-operator.ts";

/** Additional nodes beyond those for functions of the basis, because the observable is not a polynomial on the plane. */
const moreNodes = 10;

/** A function's fluctuation in the stationary state of a well, in polynomials. */
export function wellFluctuation(
  chart: Chart,
  { basis, forward, ordering }: WellOperator,
  stationary: Density,
  of: Expression,
): Fluctuation {
  const value = compileScalar(of, magnetization);
  const mean = stationary.mean(of);
  const observable = new Float64Array(basis.size);
  const { nodes, weights } = gaussHermite(basis.top + moreNodes);
  nodes.forEach((u, i) => {
    nodes.forEach((v, j) => {
      const f = weights[i] * weights[j] * (value(...chart.direction(u, v)) - mean);
      basisAt(basis, u, v).forEach((h, k) => (observable[k] += f * h));
    });
  });
  const source = new Float64Array(basis.size);
  const { x, y, z, mass } = stationary.masses();
  mass.forEach((share, i) => {
    const [u, v] = chart.place([x[i], y[i], z[i]]);
    const f = share * (value(x[i], y[i], z[i]) - mean);
    basisAt(basis, u, v).forEach((h, k) => (source[k] += f * h));
  });
  source[0] = 0;
  return { forward, ordering, observable, source, mean };
}
