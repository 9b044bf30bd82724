import type { Point } from "../../physics/wells/landscape.ts";
import { uniform } from "../../random/streams.ts";

/** The energy, in kT above its own lowest level, at some values of the parameters, for which a partition is made. */
export interface Relief {
  readonly height: (m: Point) => number;
  /** Whether the density is nonzero there; missing: everywhere. */
  readonly holds?: (m: Point) => boolean;
}

/** A patch in equal-area coordinates; `lowest` is a lower bound of all reliefs on it. */
export interface Patch {
  readonly mz: readonly [number, number];
  readonly phi: readonly [number, number];
  readonly area: number;
  readonly lowest: number;
  /** By how much the reliefs vary on it. */
  readonly range: number;
  readonly alongMz: boolean;
  /** Whether all of it belongs to every relief; undefined if unknown. Patches outside of every relief are removed. */
  inside: boolean | undefined;
}

/** A draw from the bound, with the bound there; `inside`: it lies inside every relief, so no test is needed. */
export interface Proposal {
  readonly m: Point;
  readonly lowest: number;
  readonly inside: boolean;
}

export interface Partition {
  (stream: Uint32Array): Proposal;
  readonly patches: readonly Patch[];
  /** Cumulative weights of the patches, in the order of `patches`; draws choose a patch by them. */
  readonly cumulative: Float64Array;
}

/** Numbers of patches over mz and over the azimuth at the start. */
const start = [16, 32] as const;
/** Most patches of one partition, which limits its cost. */
const mostPatches = 4000;
/** Largest share of rejected draws; above it patches are cut further. */
const leastWaste = 0.25;
/** A patch with a smaller share of the draws is not examined. */
const negligible = 1e-9;

const pointAt = (mz: number, phi: number): Point => {
  const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
  return [rho * Math.cos(phi), rho * Math.sin(phi), mz];
};

/** Nine points of a patch: its corners and the middles between them; mz varies slowest. */
function pointsOf(mz: readonly [number, number], phi: readonly [number, number]): Point[] {
  const points: Point[] = [];
  for (let u = 0; u < 3; u++)
    for (let v = 0; v < 3; v++)
      points.push(pointAt(mz[0] + (u / 2) * (mz[1] - mz[0]), phi[0] + (v / 2) * (phi[1] - phi[0])));
  return points;
}

/** Reused by `patchOf`, which takes most of the time of a partition; no value outlives a call. */
const heights = new Float64Array(9);

function patchOf(
  mz: readonly [number, number],
  phi: readonly [number, number],
  reliefs: readonly Relief[],
  inside?: boolean,
): Patch {
  const points = pointsOf(mz, phi);
  let [lowest, range, alongMz, alongPhi] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  const h = heights;
  for (const { height } of reliefs) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < 9; k++) {
      const at = height(points[k]);
      h[k] = at;
      low = Math.min(low, at);
      high = Math.max(high, at);
    }
    const own = high - low;
    // between the nine points a smooth relief falls below the lowest of them by less than half of their range
    lowest = Math.min(lowest, low - own / 2);
    range = Math.max(range, own);
    for (let k = 0; k < 3; k++) {
      alongMz = Math.max(alongMz, Math.abs(h[k] - h[3 + k]), Math.abs(h[3 + k] - h[6 + k]));
      alongPhi = Math.max(alongPhi, Math.abs(h[3 * k] - h[3 * k + 1]), Math.abs(h[3 * k + 1] - h[3 * k + 2]));
    }
  }
  if (!Number.isFinite(lowest) || !Number.isFinite(range))
    throw new RangeError("the energy of the initial density is not finite on the whole sphere");
  const area = (mz[1] - mz[0]) * (phi[1] - phi[0]);
  return { mz, phi, area, lowest, range, alongMz: alongMz >= alongPhi, inside };
}

const halved = ({ mz, phi, alongMz, inside }: Patch, reliefs: readonly Relief[]): Patch[] => {
  const [a, b] = [(mz[0] + mz[1]) / 2, (phi[0] + phi[1]) / 2];
  return alongMz
    ? [patchOf([mz[0], a], phi, reliefs, inside), patchOf([a, mz[1]], phi, reliefs, inside)]
    : [patchOf(mz, [phi[0], b], reliefs, inside), patchOf(mz, [b, phi[1]], reliefs, inside)];
};

/** Weights of the patches under their bounds, relative to the largest. */
function weightsOf(patches: readonly Patch[]): Float64Array {
  const logs = Float64Array.from(patches, ({ area, lowest }) => Math.log(area) - lowest);
  const largest = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return logs.map((x) => Math.exp(x - largest));
}

/** Cuts the patches with most rejected draws until no more than a share `waste` of all draws is rejected. */
function refined(first: Patch[], reliefs: readonly Relief[], waste: number): Patch[] {
  let patches = first;
  for (;;) {
    const weights = weightsOf(patches);
    const total = weights.reduce((a, b) => a + b, 0);
    const wasted = weights.map((w, i) => w * -Math.expm1(-patches[i].range));
    const sum = wasted.reduce((a, b) => a + b, 0);
    if (sum <= waste * total || patches.length >= mostPatches) return patches;
    const most = wasted.reduce((a, b) => Math.max(a, b));
    patches = patches.flatMap((patch, i) => (wasted[i] > most / 4 ? halved(patch, reliefs) : [patch]));
  }
}

/** Removes patches outside of every relief and marks those inside of all. */
function asked(patches: readonly Patch[], reliefs: readonly Relief[]): Patch[] {
  const weights = weightsOf(patches);
  return patches.filter((patch, i) => {
    if (patch.inside !== undefined || weights[i] < negligible) return true;
    const points = pointsOf(patch.mz, patch.phi);
    const answers = reliefs.flatMap(({ holds }) => points.map((m) => holds?.(m) ?? true));
    if (answers.every((answer) => answer)) patch.inside = true;
    return answers.some((answer) => answer);
  });
}

/**
 * A step function above exp(−height) of all reliefs, for rejection sampling: the sphere is cut where the bound rejects many draws, into
 * at most 4000 patches. Patches with less than a share of 10⁻⁹ are not examined; their draws are tested one by one. More `waste` leaves
 * fewer patches to examine.
 */
export function partition(reliefs: readonly Relief[], waste = leastWaste): Partition {
  let patches: Patch[] = [];
  const isWhole = reliefs.every(({ holds }) => !holds);
  for (let i = 0; i < start[0]; i++)
    for (let j = 0; j < start[1]; j++) {
      const [dz, dphi] = [2 / start[0], (2 * Math.PI) / start[1]];
      const mz = [-1 + i * dz, -1 + (i + 1) * dz] as const;
      const phi = [-Math.PI + j * dphi, -Math.PI + (j + 1) * dphi] as const;
      patches.push(patchOf(mz, phi, reliefs, isWhole || undefined));
    }
  patches = refined(patches, reliefs, waste);
  // all cuts may have gone to patches that are now removed
  for (let round = 0; round < 6 && !isWhole; round++) {
    const before = patches.length;
    patches = asked(patches, reliefs);
    if (patches.length === before) break;
    patches = refined(patches, reliefs, waste);
  }
  const cumulative = weightsOf(patches);
  for (let i = 1; i < cumulative.length; i++) cumulative[i] += cumulative[i - 1];
  const total = cumulative[cumulative.length - 1];
  const draw = (stream: Uint32Array): Proposal => {
    const target = uniform(stream) * total;
    let [low, high] = [0, patches.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > target) high = middle;
      else low = middle + 1;
    }
    const { mz, phi, lowest, inside } = patches[low];
    const m = pointAt(
      mz[0] + uniform(stream) * (mz[1] - mz[0]),
      phi[0] + uniform(stream) * (phi[1] - phi[0]),
    );
    return { m, lowest, inside: inside === true };
  };
  return Object.assign(draw, { patches, cumulative });
}
