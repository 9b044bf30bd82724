import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { symmetricEigen3 } from "./axis.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { frameAlong, laboratory, unit } from "./frame.ts";
import { sampleOnGrid, sphereGrid } from "./harmonics.ts";

/** Components, and differences of principal values, below this share of the largest are rounding. */
const rounding = 1e-10;
/** Nodes that integrate the second-degree part of potentials up to degree 40 exactly. */
const nodes = 22;

/**
 * The frame in which harmonics resolve a potential with the fewest unknowns: the principal axes of its second-degree part. The polar axis
 * is the one whose value lies farthest from the other two, so that a film's normal or an easy axis becomes the pole and symmetries about
 * the axes separate. It is the laboratory frame if these are its axes, or if that part distinguishes none.
 */
export function polarFrame(potential: Expression): Frame {
  const moments = secondMoments(potential);
  const size = Math.max(...moments.map(Math.abs));
  // make the matrix positive for the eigensolver
  const { values, vectors } = symmetricEigen3(moments.map((x, i) => (i % 4 === 0 ? x + 2 * size : x)));
  const spread = values[2] - values[0];
  if (!(spread > rounding * size)) return laboratory;
  const pole = values[2] - values[1] > values[1] - values[0] ? 2 : 0;
  const [a, b] = [1, 2 - pole];
  const z = clean(vectors[pole], 2);
  if (Math.abs(values[a] - values[b]) <= rounding * spread) return frameAlong(z);
  // the one nearer to the laboratory's x, so that aligned axes give the laboratory frame itself
  const x = clean(Math.abs(vectors[a][0]) >= Math.abs(vectors[b][0]) ? vectors[a] : vectors[b], 0);
  const y: Vec3 = [z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0]];
  return [x, clean(y, 1, false), z];
}

/** ∫ Ψ (m mᵀ − 1/3): a symmetric matrix, rows contiguous. */
function secondMoments(potential: Expression): Float64Array {
  const grid = sphereGrid(nodes, 2 * nodes + 1);
  const values = sampleOnGrid(grid, compileScalar(potential, magnetization));
  const out = new Float64Array(9);
  let place = 0;
  sampleOnGrid(grid, (x, y, z) => {
    const m = [x, y, z];
    const weight = grid.rule.weights[(place / grid.azimuths) | 0] * values[place++];
    for (let i = 0; i < 9; i++) out[i] += weight * (m[(i / 3) | 0] * m[i % 3] - (i % 4 === 0 ? 1 / 3 : 0));
    return 0;
  });
  return out;
}

/** The axis without the rounding of its components; if its sign is free, it points towards one laboratory axis. */
function clean(axis: Vec3, towards: number, isFree = true): Vec3 {
  const [x, y, z] = axis.map((c) =>
    Math.abs(c) < rounding ? 0 : Math.abs(Math.abs(c) - 1) < rounding ? Math.sign(c) : c,
  );
  const u = unit([x, y, z]);
  const sign = isFree && (u[towards] || u[0] || u[1]) < 0 ? -1 : 1;
  return [sign * u[0] + 0, sign * u[1] + 0, sign * u[2] + 0];
}
