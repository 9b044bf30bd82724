import { compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { ambientGradient } from "../physics/dynamics.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { sphereGrid } from "./harmonics.ts";
import { valuesAndSlopes } from "./slopes.ts";

/**
 * Eigenvalues, ascending, of the Dirichlet form D∫|∇f + f∇U/2|² against ∫f² for one or two functions, by Gauss times trapezoidal
 * quadrature, which is exact if U has the given degree.
 */
export function rayleighRitz(
  functions: readonly Float64Array[],
  index: HarmonicIndex,
  {
    potential,
    diffusion,
    degree,
  }: { readonly potential: Expression; readonly diffusion: number; readonly degree: number },
): number[] {
  const top = index.lmax + degree + 1;
  const grid = sphereGrid(top, 2 * top);
  const samples = functions.map((f) => valuesAndSlopes(index, grid, f));
  const gradient = compileVector(ambientGradient(potential), magnetization);
  const slope = new Float64Array(3);
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 1],
  ].filter(([, y]) => y < functions.length);
  const a = [0, 0, 0];
  const b = [0, 0, 0];
  const { rule, azimuths } = grid;
  for (let q = 0; q < rule.nodes.length; q++) {
    const z = rule.nodes[q];
    const s = Math.sqrt((1 - z) * (1 + z));
    for (let j = 0; j < azimuths; j++) {
      const phi = (2 * Math.PI * j) / azimuths;
      const [c, d] = [Math.cos(phi), Math.sin(phi)];
      gradient(slope, 0, s * c, s * d, z);
      const up = (-z * (c * slope[0] + d * slope[1]) + s * slope[2]) / 2;
      const around = (c * slope[1] - d * slope[0]) / 2;
      const place = q * azimuths + j;
      const parts = samples.map(({ values, alongZ, alongPhi }) => [
        values[place],
        s * alongZ[place] + values[place] * up,
        alongPhi[place] / s + values[place] * around,
      ]);
      pairs.forEach(([x, y], k) => {
        a[k] += rule.weights[q] * diffusion * (parts[x][1] * parts[y][1] + parts[x][2] * parts[y][2]);
        b[k] += rule.weights[q] * parts[x][0] * parts[y][0];
      });
    }
  }
  if (functions.length === 1) return [a[0] / b[0]];
  // det(A − λB) = 0; the small root is the zero mode, the large one −b/2a + … has no cancellation
  const [p, q, r] = [
    b[0] * b[2] - b[1] * b[1],
    a[0] * b[2] + a[2] * b[0] - 2 * a[1] * b[1],
    a[0] * a[2] - a[1] * a[1],
  ];
  const large = (q + Math.sqrt(Math.max(0, q * q - 4 * p * r))) / (2 * p);
  return [r / (p * large), large];
}
