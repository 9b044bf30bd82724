import type { Expression } from "../../expression/expression.ts";
import { variablesOf } from "../../expression/expression.ts";
import { moment, secondsSince } from "../../linear-algebra/interruption.ts";
import { angleBetween } from "../../numerics/parallel.ts";
import type { Spread } from "../../physics/spread.ts";
import { spreadValueAt, spreadVariateOf, variateOf } from "../../physics/spread.ts";
import type { Landscape, Point } from "../../physics/wells/landscape.ts";
import { landscapes } from "../../physics/wells/landscape.ts";
import { minimaOf, sameEnd } from "../../physics/wells/minima.ts";
import type { Well } from "../../physics/wells/well.ts";
import { wellOf } from "../../physics/wells/well.ts";
import { uniform } from "../../random/streams.ts";
import type { Partition, Relief } from "./partition.ts";
import { partition } from "./partition.ts";

/**
 * A draw from a density; advances the stream. `values` are those of the spin's parameters, `spins` is the number of all spins: few do
 * not share bounds.
 */
export interface Sampler {
  (stream: Uint32Array, values: readonly number[], spins?: number): Point;
  /** The bounds for the draws, if few enough boxes cover all spins. */
  readonly bounds?: () => SharedBounds | undefined;
  /** Chooses the method of drawing in advance; otherwise the first draw does it. `pause` is awaited between trials. */
  readonly prepare?: (pause: () => Promise<void>, spins: number) => Promise<void>;
  /** Measures the time of draws on this machine with one box and draws from it. */
  readonly cost?: (spins: number) => DrawingCost;
}

/** Cost of draws, s: each box is made once in each thread, each spin is drawn once. */
export interface DrawingCost {
  readonly boxes: number;
  readonly perBox: number;
  readonly perSpin: number;
}

/** Bounds on the densities of all spins: a draw is kept with the probability exp(lowest of its patch − (energy − energy at the reference)). */
export interface SharedBounds {
  /** Spreads, by number, whose variates are cut into `divisions` equal parts within their reach. */
  readonly varied: readonly number[];
  readonly divisions: number;
  /** One box for each part of the first of `varied`, repeated for each part of the second; undefined if there is no bound. */
  readonly boxes: readonly (Box | undefined)[];
}

/** Most draws from a shared partition before a spin gets its own. */
export const sharedTries = 60;
/** Most draws from its own partition; if a tenth of them is accepted, not one of 10⁹⁰ spins fails. */
const ownTries = 2000;
/** Share of rejected draws from a partition for one spin: ten draws take less time than it takes to examine many patches. */
const ownWaste = 0.9;
/** Boxes of parameters over each spread; each shares one partition. The smallest number that is sufficient is used. */
const divisions = [8, 32, 128, 512];
const enoughKept = 0.15;
/** Number of draws for the measurement of their cost. */
const costTries = 64;
/** With more spreads than this boxes have so many corners that each spin gets a bound of its own. */
const mostShared = 2;
/** Most boxes that are all made before the first draw. */
const mostBoxes = 64;

/** A bound for draws of spins with similar parameters. */
export interface Box {
  readonly draw: Partition;
  /** Energies are relative to the energy in this direction, both in the bound and for the spins that use it. */
  readonly reference: Point;
}

/**
 * Sampler of exp(−U(m)) at each spin's own parameters, everywhere or in the well that holds `m`. Parameters are sorted into boxes; a box
 * has a bound on the densities at its corners and middles, from which draws are taken by rejection. A spin without an accepted draw in 60
 * gets its own bound. The distribution is exact in both cases, and the work is limited.
 */
export function boltzmannSampler(
  energyOverKT: Expression,
  spreads: readonly Spread[] = [],
  well?: Point,
): Sampler {
  const at = landscapes(
    energyOverKT,
    spreads.map(({ name }) => name),
  );
  const varied = spreads.flatMap((spread, i) => (variablesOf(energyOverKT).has(spread.name) ? [i] : []));
  const means = spreads.map(({ mean }) => mean);
  /** The landscape of all spins, if their energies do not differ. */
  const shared = varied.length === 0 ? at(means) : undefined;

  const { bounded, tried } = rejection(at, varied, shared, well);

  /** The box that contains the values, with each spread cut into `count` parts. */
  const boxOf = (values: readonly number[], count: number, kept: Map<string, Box>): Box => {
    const places = varied.map((i) => partOf(spreads[i], values[i], count));
    return boxAt(places, count, kept);
  };
  const boxAt = (places: readonly number[], count: number, kept: Map<string, Box>): Box => {
    const key = places.join();
    const known = kept.get(key);
    if (known) return known;
    const within = (k: number, share: number): number => {
      const reach = variateOf(spreads[varied[k]]).reach;
      return spreadValueAt(spreads[varied[k]], -reach + ((places[k] + share) * 2 * reach) / count);
    };
    let corners = [[...means]];
    varied.forEach((i, k) => {
      corners = corners.flatMap((corner) =>
        [0, 0.5, 1].map((share) => replaced(corner, i, within(k, share))),
      );
    });
    const made = bounded(corners[(corners.length - 1) / 2], corners);
    kept.set(key, made);
    return made;
  };
  /** Whether the middle one of so many boxes accepts enough draws. */
  const serves = (count: number): boolean => {
    if (varied.length === 0 || varied.length > mostShared) return true;
    const stream = Uint32Array.of(1, 2, 3, 4);
    const box = boxOf(means, count, new Map());
    let kept = 0;
    for (let i = 0; i < 400; i++) if (tried(stream, box, means, 1)) kept++;
    return kept >= enoughKept * 400;
  };
  const { chosen, partsFor, prepare } = fewestThat(serves, varied.length);
  const boxes = new Map<string, Box>();
  /** The box of one spin. If spins do not differ it is the shared one. */
  const ownBox = (values: readonly number[]): Box =>
    varied.length === 0 ? boxOf(values, 1, boxes) : bounded(values, [values], ownWaste);
  const sampler: Sampler = (stream, values, spins = Number.POSITIVE_INFINITY) => {
    const count = partsFor(spins);
    const box = count === undefined ? undefined : boxOf(values, count, boxes);
    const first = box && tried(stream, box, values, sharedTries);
    const drawn = first ?? tried(stream, ownBox(values), values, ownTries);
    if (!drawn) throw new RangeError("the energy of the initial density is too rough to be sampled");
    return drawn;
  };
  const bounds = (): SharedBounds | undefined => {
    if (shared) return { varied, divisions: 1, boxes: [ownBox(means)] };
    const count = chosen();
    if (count === undefined || count ** varied.length > mostBoxes) return undefined;
    const made = placesOfAll(count, varied.length).map((p) => boundOrNone(() => boxAt(p, count, boxes)));
    return { varied, divisions: count, boxes: made };
  };
  const cost = (spins: number): DrawingCost => {
    const count = partsFor(spins);
    const mean = () => (count === undefined ? ownBox(means) : boxOf(means, count, new Map()));
    const all = count === undefined ? Number.POSITIVE_INFINITY : count ** varied.length;
    return drawingCost(all, mean, (stream, box) => tried(stream, box, means, sharedTries));
  };
  return Object.assign(sampler, { bounds, cost, prepare });
}

/**
 * Finds the smallest sufficient number of boxes over each of some spreads, when first needed or in advance with pauses. A trial takes up
 * to a second, and often nothing is drawn at all.
 */
function fewestThat(serves: (count: number) => boolean, spreads: number) {
  let known: { readonly count: number | undefined } | undefined;
  const chosen = (): number | undefined => {
    known ??= { count: divisions.find(serves) };
    return known.count;
  };
  /** Number of boxes of single spins that cost as much as all shared ones: each of those takes three to six times as long. */
  const ownWorth = (count: number): number => (spreads === 0 ? 0 : 3 * count ** spreads);
  const isWorth = (count: number, spins: number): boolean =>
    spreads <= mostShared && spins >= ownWorth(count);
  return {
    chosen,
    /** The number for so many spins; undefined if they share no boxes: few spins have their own, which cost less. */
    partsFor(spins: number): number | undefined {
      const count = isWorth(divisions[0], spins) ? chosen() : undefined;
      return count !== undefined && isWorth(count, spins) ? count : undefined;
    },
    async prepare(pause: () => Promise<void>, spins: number): Promise<void> {
      if (!isWorth(divisions[0], spins)) return;
      let count: number | undefined;
      for (let i = 0; !known && count === undefined && i < divisions.length; i++) {
        await pause();
        if (serves(divisions[i])) count = divisions[i];
      }
      known ??= { count };
    },
  };
}

/**
 * Makes boxes for given parameters and draws from them. `at` gives the landscape of parameters; `shared` is the common one, if all spins
 * have the same.
 */
function rejection(
  at: (values: readonly number[]) => Landscape,
  varied: readonly number[],
  shared: Landscape | undefined,
  well: Point | undefined,
) {
  const holdsAt = wellsHolding(at, varied);
  const bounded = (
    middle: readonly number[],
    corners: readonly (readonly number[])[],
    waste?: number,
  ): Box => {
    const landscape = at(middle);
    const inMiddle = well && wellOf(landscape, well);
    const reference = inMiddle?.bottom ?? lowestOf(landscape);
    const reliefs = corners.map((values): Relief => {
      const { energy } = at(values);
      const floor = energy(reference);
      const own = well && (values === middle && inMiddle ? inMiddle : wellOf(at(values), well));
      return { height: (m) => energy(m) - floor, ...(own ? { holds: own.holds } : {}) };
    });
    return { draw: partition(reliefs, waste), reference };
  };
  /** A draw from a box that a spin of these parameters accepts; undefined if it accepts none in `tries`. */
  const tried = (
    stream: Uint32Array,
    box: Box,
    values: readonly number[],
    tries: number,
  ): Point | undefined => {
    const landscape = shared ?? at(values);
    const floor = landscape.energy(box.reference);
    for (let i = 0; i < tries; i++) {
      const { m, lowest, inside } = box.draw(stream);
      if (Math.log(uniform(stream)) >= lowest - (landscape.energy(m) - floor)) continue;
      if (!well || inside || holdsAt(values, m, well)) return m;
    }
    return undefined;
  };
  return { bounded, tried };
}

/** Measures the making of one box and some draws under it. */
function drawingCost(
  boxes: number,
  make: () => Box,
  draw: (stream: Uint32Array, box: Box) => unknown,
): DrawingCost {
  const began = moment();
  const box = make();
  const perBox = secondsSince(began);
  const made = moment();
  const stream = Uint32Array.of(1, 2, 3, 4);
  for (let i = 0; i < costTries; i++) draw(stream, box);
  return { boxes, perBox, perSpin: secondsSince(made) / costTries };
}

/** The number of the part of a spread's range in which a value lies. */
function partOf(spread: Spread, value: number, count: number): number {
  const { reach } = variateOf(spread);
  return Math.floor(((spreadVariateOf(spread, value) + reach) / (2 * reach)) * count);
}

/** Places of all boxes, by the first spread, then by the next. */
const placesOfAll = (divisions: number, spreads: number): number[][] =>
  Array.from({ length: divisions ** spreads }, (_, k) =>
    Array.from({ length: spreads }, (_, i) => Math.floor(k / divisions ** i) % divisions),
  );

/** A box; undefined if the energy has no bound, as at parameters that no spin has. */
function boundOrNone(make: () => Box): Box | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const replaced = (values: readonly number[], i: number, value: number): number[] =>
  values.map((other, k) => (k === i ? value : other));

/** Whether a direction lies in the well that contains `of`, at a spin's parameters; remembered for spins of equal energy. */
function wellsHolding(
  at: (values: readonly number[]) => Landscape,
  varied: readonly number[],
): (values: readonly number[], m: Point, of: Point) => boolean {
  let last: { readonly key: string; readonly holds: (m: Point) => boolean } | undefined;
  return (values, m, of) => {
    const key = varied.map((i) => values[i]).join();
    if (last?.key !== key) last = { key, holds: wellHolding(at(values), of) };
    return last.holds(m);
  };
}

/** Membership of a well. The whole well is computed only for directions whose descent ends elsewhere than that of `of`. */
function wellHolding(landscape: Landscape, of: Point): (m: Point) => boolean {
  const end = landscape.descend(of);
  let well: Well | undefined;
  return (m) =>
    angleBetween(landscape.descend(m), end) < sameEnd || (well ??= wellOf(landscape, of)).holds(m);
}

/** A direction of the lowest minimum. */
function lowestOf(landscape: Landscape): Point {
  const points = minimaOf(landscape, 60).anchors.map(({ at }) => at);
  return points.reduce((low, m) => (landscape.energy(m) < landscape.energy(low) ? m : low));
}
