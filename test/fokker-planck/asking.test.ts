import { afterEach, describe, expect, it } from "vitest";
import { bandBasis } from "../../src/fokker-planck/band-basis.ts";
import { bandOperator } from "../../src/fokker-planck/band-operator.ts";
import { projectOnBand } from "../../src/fokker-planck/band-projection.ts";
import { bandFields } from "../../src/fokker-planck/slopes.ts";
import { analyseFronts } from "../../src/linear-algebra/front-analysis.ts";
import { Interrupted, interruptWhere } from "../../src/linear-algebra/interruption.ts";
import { nestedDissection, symmetricPattern } from "../../src/linear-algebra/nested-dissection.ts";
import { readProblem } from "../../src/run/read-problem.ts";

/** A field across the axis, so that all orders couple. */
const { dynamics } = readProblem({
  magnet: { delta: 3, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0.2, 0.1, 0.1] },
  ],
  ensemble: 2,
  time: { duration: 1, step: 0.1 },
  observables: [{ type: "moments", times: 1 }],
});
const [count, degree, diffusion] = [12, 2, 0.01];
const basis = bandBasis({ from: -0.5, to: 1 }, count, 6, degree);
const { backward } = bandOperator(basis, dynamics, diffusion, degree);
const pattern = symmetricPattern(backward);
const coordinates = [Int32Array.from({ length: backward.rows }, (_, i) => Math.floor(i / count))];
const elimination = nestedDissection(pattern, coordinates);

/** Work between two factorizations, and the pieces of it that are as many as its size. */
const stretches: Readonly<Record<string, readonly [work: () => unknown, pieces: number]>> = {
  "the operator of a band": [() => bandOperator(basis, dynamics, diffusion, degree), 2 * backward.rows],
  "a projection on a band": [() => projectOnBand(basis, 16, () => 1), 2 * basis.levels.length],
  "fields of a band": [() => bandFields(basis, 16, new Float64Array(basis.size)), basis.levels.length],
  "an order of elimination": [() => nestedDissection(pattern, coordinates), 2],
  "a plan of fronts": [() => analyseFronts(backward, pattern, elimination), 2],
};

describe("work between two factorizations", () => {
  afterEach(() => interruptWhere(() => undefined));

  it.each(Object.entries(stretches))("%s asks at every piece whether it is wanted", (_, [work, pieces]) => {
    let asked = 0;
    interruptWhere(() => (++asked === pieces ? "stopped" : undefined));
    expect(work).toThrow(Interrupted);
    expect(asked).toBe(pieces);
  });
});
