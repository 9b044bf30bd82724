import { addScaled, dotProduct } from "../linear-algebra/arnoldi.ts";

/** The state at a time. If it is given by coordinates, a functional costs less than the state itself. */
export interface ReachedState {
  state(): Float64Array;
  along(f: Float64Array): number;
}

export const formedState = (x: Float64Array): ReachedState => ({
  state: () => x,
  along: (f) => dotProduct(f, x),
});

/** States by their coordinates in one set of vectors. */
export function expandedStates(
  vectors: readonly Float64Array[],
  coordinates: readonly Float64Array[],
): ReachedState[] {
  const overlaps = new Map<Float64Array, Float64Array>();
  const overlapsOf = (f: Float64Array): Float64Array => {
    const known = overlaps.get(f) ?? Float64Array.from(vectors, (vector) => dotProduct(f, vector));
    overlaps.set(f, known);
    return known;
  };
  return coordinates.map((own) => ({
    state() {
      const x = new Float64Array(vectors[0].length);
      for (let j = 0; j < own.length; j++) addScaled(x, vectors[j], own[j]);
      return x;
    },
    along: (f) => dotProduct(own, overlapsOf(f)),
  }));
}
