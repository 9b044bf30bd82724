import { dyadicLarge, dyadicSmall } from "./variates.ts";

/** A triple of variates and its probability. */
export interface VariateOutcome {
  readonly xi: readonly [number, number, number];
  readonly weight: number;
}

const triples = (values: readonly (readonly [number, number])[]): VariateOutcome[] =>
  values.flatMap(([x, p]) =>
    values.flatMap(([y, q]) =>
      values.map(([z, r]): VariateOutcome => ({ xi: [x, y, z], weight: p * q * r })),
    ),
  );

/** All 64 outcomes of three dyadic variates: expectations over one step are finite sums. */
export const dyadicOutcomes: readonly VariateOutcome[] = triples([
  [dyadicLarge, 1 / 16],
  [-dyadicLarge, 1 / 16],
  [dyadicSmall, 7 / 16],
  [-dyadicSmall, 7 / 16],
]);

/**
 * Three Gaussian variates as 125 weighted outcomes, exact for polynomials up to degree nine: five-point Gauss–Hermite
 * rule, whose nodes are 0 and ±√(5 ± √10).
 */
export const gaussianOutcomes: readonly VariateOutcome[] = triples(
  [-1, 1]
    .flatMap((side): [number, number][] =>
      [-1, 1].map((sign) => [
        side * Math.sqrt(5 + sign * Math.sqrt(10)),
        (7 - sign * 2 * Math.sqrt(10)) / 60,
      ]),
    )
    .concat([[0, 8 / 15]]),
);

/**
 * Three Gaussian variates as 13 weighted outcomes, exact for polynomials up to degree five: the vertices of an icosahedron at
 * radius √5 and its centre.
 */
export const icosahedralOutcomes: readonly VariateOutcome[] = [
  { xi: [0, 0, 0], weight: 2 / 5 },
  ...[1, -1].flatMap((p) =>
    [1, -1].flatMap((q): VariateOutcome[] => {
      const golden = (1 + Math.sqrt(5)) / 2;
      const scale = Math.sqrt(5 / (1 + golden * golden));
      const [a, b] = [p * scale, q * golden * scale];
      return [
        [0, a, b],
        [a, b, 0],
        [b, 0, a],
      ].map(([x, y, z]) => ({ xi: [x, y, z], weight: 1 / 20 }));
    }),
  ),
];
