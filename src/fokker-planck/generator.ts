import { compileScalar, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { constant, same, uses } from "../expression/expression.ts";
import { separate } from "../expression/separation.ts";
import { magnetization } from "../expression/vector.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, diagonalMatrix } from "../linear-algebra/sparse.ts";
import { associatedLegendre } from "../numerics/associated-legendre.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { drift } from "../physics/dynamics.ts";
import type { RingBasis, SampledOperator } from "./assembly.ts";
import { assembleForward } from "./assembly.ts";
import { expansionDegree } from "./degree.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { assembleHarmonics, highestProductDegree } from "./harmonic-assembly.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, topDegree } from "./harmonics.ts";
import { remembering } from "./remembering.ts";
import { unresolved } from "./unresolved.ts";

/** Dynamics as Σ scale(t)·(Ψ_r, Ω_r) and D(t), each part with the degree of its harmonics. */
export interface SeparatedDynamics {
  readonly parts: readonly {
    readonly scale: (t: number) => number;
    readonly dynamics: Dynamics;
    readonly degree: number;
  }[];
  readonly diffusion: (t: number) => number;
  /** The functions of t in scales and diffusion, as expressions, from which their timeline follows. */
  readonly times: readonly Expression[];
  readonly degree: number;
}

/** Separates the dynamics into terms; refuses potentials that harmonics up to `maximumDegree` do not resolve, and names the `places`. */
export function separateDynamics(
  dynamics: Dynamics,
  maximumDegree: number,
  places?: (space: Expression) => string,
): Exact<SeparatedDynamics> {
  const zero = constant(0);
  const parts: SeparatedDynamics["parts"][number][] = [];
  const times: Expression[] = [dynamics.diffusion];
  for (const name of ["psi", "omega"] as const) {
    const terms = separate(dynamics[name]);
    if (!terms)
      return outOfReach(`${name} mixes time and direction in a way that does not separate into products`);
    for (const { time, space } of terms) {
      const degree = expansionDegree(space, maximumDegree);
      if (degree === undefined) return outOfReach(unresolved(name, space, maximumDegree, places));
      if (degree === 0) continue;
      if (!times.some((known) => same(known, time))) times.push(time);
      const only: Dynamics = { psi: zero, omega: zero, diffusion: zero, [name]: space };
      const twin = parts.findIndex((part) => part.scale === scaleOf(time));
      if (twin < 0) parts.push({ scale: scaleOf(time), dynamics: only, degree });
      else
        parts[twin] = {
          scale: parts[twin].scale,
          dynamics: { ...parts[twin].dynamics, [name]: space },
          degree: Math.max(degree, parts[twin].degree),
        };
    }
  }
  return exactly({
    parts,
    diffusion: compileScalar(dynamics.diffusion, ["t"]),
    times: times.filter((time) => uses("t", [time])),
    degree: Math.max(0, ...parts.map(({ degree }) => degree)),
  });
}

const scales: { time: string; scale: (t: number) => number }[] = [];
/** One function per time dependence, so that parts of Ψ and Ω with the same drive are assembled together. */
function scaleOf(time: Expression): (t: number) => number {
  const key = JSON.stringify(time);
  const known = scales.find((entry) => entry.time === key);
  if (known) return known.scale;
  const scale = compileScalar(time, ["t"]);
  scales.push({ time: key, scale });
  if (scales.length > 64) scales.shift();
  return scale;
}

/** The Fokker–Planck operator in spherical harmonics: F(t) = Σ scale_r(t) F_r + D(t)·Laplacian. */
export interface Generator {
  readonly index: HarmonicIndex;
  readonly parts: readonly {
    readonly scale: (t: number) => number;
    readonly matrix: SparseMatrix;
    /** Whether quadrature assembled it. */
    readonly isIntegrated: boolean;
  }[];
  readonly diffusion: (t: number) => number;
  readonly laplacian: SparseMatrix;
  /** The functions of t in scales and diffusion. */
  readonly times: readonly Expression[];
  /** F at a time. For equal values of the drive (among the last few) it is the same object, so that factorizations are shared. */
  operatorAt(t: number): SparseMatrix;
}

/** Number of drive values whose matrices are kept. */
const keptDrives = 3;

/** `axial` states that nothing depends on φ: orders m decouple and mmax may be below lmax. `height` as in `HarmonicIndex`. */
export function generator(
  separated: SeparatedDynamics,
  lmax: number,
  mmax = lmax,
  axial = false,
  height = lmax,
): Generator {
  const index = harmonicIndex(lmax, mmax, height);
  const assembled = separated.parts.map(({ scale, dynamics, degree }) => {
    if (!axial && degree <= highestProductDegree)
      return { scale, matrix: assembleHarmonics(index, dynamics, degree), isIntegrated: false };
    const basis = harmonicBasis(index, lmax + (degree >> 1) + 2);
    const matrix = assembleForward(basis, sampledDrift(dynamics, basis.nodes, degree, axial));
    return { scale, matrix, isIntegrated: true };
  });
  return ofParts(index, assembled, separated);
}

/** The same drift with the diffusion of other dynamics, without a new assembly. */
export const withDiffusionOf = (separated: SeparatedDynamics, { index, parts }: Generator): Generator =>
  ofParts(index, parts, separated);

function ofParts(
  index: HarmonicIndex,
  parts: Generator["parts"],
  { diffusion, times }: Pick<SeparatedDynamics, "diffusion" | "times">,
): Generator {
  const { l } = harmonicLabels(index);
  const laplacian = diagonalMatrix(Float64Array.from(l, (degree) => -degree * (degree + 1)));
  const matrixOf = remembering((weights: string) => {
    const scales = weights.split(" ").map(Number);
    return combine(
      [laplacian, ...parts.map(({ matrix }) => matrix)].map((matrix, i) => ({
        matrix,
        scale: scales[i],
      })),
    );
  }, keptDrives);
  return {
    index,
    parts,
    diffusion,
    laplacian,
    times,
    operatorAt: (t) => matrixOf([diffusion(t), ...parts.map(({ scale }) => scale(t))].join(" ")),
  };
}

/** Spherical harmonics as a ring basis on at least that many Gauss nodes. */
export function harmonicBasis(index: HarmonicIndex, nodes: number): RingBasis {
  const { mmax, size, offsets } = index;
  const rule = gaussLegendre(nodes + (nodes & 1));
  const levels = Array.from({ length: mmax + 1 }, (_, m) => ({
    count: topDegree(index, m) - m + 1,
    offset: offsets[m],
    ...associatedLegendre(m, topDegree(index, m), rule.nodes),
  }));
  return { nodes: rule.nodes, weights: rule.weights, levels, size, graded: true };
}

/** ż and φ̇ of the drift −∇Ψ + m×∇Ω on the grid. */
export function sampledDrift(
  dynamics: Dynamics,
  nodes: Float64Array,
  degree: number,
  axial = false,
): SampledOperator {
  const azimuths = axial ? 1 : 2 * degree + 2;
  const evaluate = compileVector(drift(dynamics), magnetization);
  const alongZ = new Float64Array(nodes.length * azimuths);
  const alongPhi = new Float64Array(alongZ.length);
  const v = new Float64Array(3);
  for (let q = 0; q < nodes.length; q++) {
    const z = nodes[q];
    const s2 = (1 - z) * (1 + z);
    const s = Math.sqrt(s2);
    for (let j = 0; j < azimuths; j++) {
      const phi = (2 * Math.PI * j) / azimuths;
      const [x, y] = [s * Math.cos(phi), s * Math.sin(phi)];
      evaluate(v, 0, x, y, z);
      alongZ[q * azimuths + j] = v[2];
      alongPhi[q * azimuths + j] = (x * v[1] - y * v[0]) / s2;
    }
  }
  return { azimuths, alongZ, alongPhi, degree };
}
