import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/expression/expression.ts";
import { add, mul, square } from "../../src/expression/expression.ts";
import type { EscapeOverSaddles } from "../../src/theory/escape-over-saddles.ts";
import { escapeOverSaddles } from "../../src/theory/escape-over-saddles.ts";
import { kramersLanger, melnikovMeshkov, veryLowDamping } from "../../src/theory/kramers.ts";
import {
  kramersLangerOverSaddles,
  melnikovOverSaddles,
  veryLowDampingOverSaddles,
} from "../../src/theory/kramers-over-saddles.ts";
import { dynamicsOf, mx, mz, uniaxial, zeeman } from "../fokker-planck/macrospins.ts";

const film = (hardness: number, field: readonly [number, number, number] = [0, 0, 0]): Expression =>
  add(mul(-1, square(mx)), mul(hardness, square(mz)), zeeman(field));
const passage = (delta: number, alpha: number, energy: Expression): EscapeOverSaddles => {
  const found = escapeOverSaddles(dynamicsOf({ delta, alpha, energy }));
  if (!found) throw new Error("no two wells");
  return found;
};

/** λ₁/(2D) of films −Δ mx² + Δ·hardness mz² in kT, by other means: harmonics of degree 300, and prototypes before this program. */
const films: [number, number, number, number][] = [
  [5, 4, 0.1, 0.2902339],
  [5, 4, 0.02, 0.5041663],
  [5, 4, 0.005, 0.6101],
  [10, 10, 0.01, 0.0306398],
  [10, 10, 0.005, 0.0357],
];

describe("escape over the saddles of any energy", () => {
  it.each([
    [10, 0.2, Math.PI / 4, 0.1],
    [20, 0.2, Math.PI / 2, 0.01],
    [20, 0.35, 1, 1],
  ])(
    "is that of a uniaxial magnet in an oblique field, Δ = %d, h = %f",
    (delta, field, fieldAngle, alpha) => {
      const energy = add(uniaxial(), zeeman([field * Math.sin(fieldAngle), 0, field * Math.cos(fieldAngle)]));
      const found = passage(delta, alpha, energy);
      const magnet = { delta, alpha, field, fieldAngle };
      expect(kramersLangerOverSaddles.value(found) / kramersLanger.value(magnet)).toBeCloseTo(1, 6);
      expect(veryLowDampingOverSaddles.value(found) / veryLowDamping.value(magnet)).toBeCloseTo(1, 4);
      expect(melnikovOverSaddles.value(found) / melnikovMeshkov.value(magnet)).toBeCloseTo(1, 4);
    },
  );

  it.each([
    [5, 4, 0.01],
    [20, 50, 0.02],
  ])("loses 4αΔ√hardness on a quarter of a film's separatrix, Δ = %d", (delta, hardness, alpha) => {
    // on the circle mz = mx/√hardness: ∫|∇e| ds by hand
    for (const loss of passage(delta, alpha, film(hardness)).losses)
      expect(loss / (4 * alpha * delta * Math.sqrt(hardness))).toBeCloseTo(1, 4);
  });

  it.each(films)(
    "bridges all damping of films, Δ = %d, hardness %d, α = %f",
    (delta, hardness, alpha, exact) => {
      const found = passage(delta, alpha, film(hardness));
      expect(melnikovOverSaddles.inRange(found)).toBe(true);
      const ratio = melnikovOverSaddles.value(found) / (2 * (alpha / (2 * delta)) * exact);
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeLessThan(delta === 5 ? 1.27 : 1.15);
      if (kramersLangerOverSaddles.inRange(found)) throw new Error("losses are small here");
    },
  );

  it("meets the exact rates at high barriers", () => {
    // λ₁/(2D) of the exact side, to 1e-7
    for (const [delta, hardness, alpha, exact] of [
      [20, 4, 0.01, 2.38157e-6],
      [20, 4, 0.1, 5.33369e-7],
      [20, 20, 0.1, 9.65731e-7],
      [40, 4, 0.03, 7.38618e-15],
    ]) {
      const found = passage(delta, alpha, film(hardness));
      const limit = delta === 20 ? 0.05 : 0.01;
      expect(Math.abs(melnikovOverSaddles.value(found) / ((alpha / delta) * exact) - 1)).toBeLessThan(limit);
      if (!kramersLangerOverSaddles.inRange(found)) continue;
      expect(Math.abs(kramersLangerOverSaddles.value(found) / ((alpha / delta) * exact) - 1)).toBeLessThan(
        0.03,
      );
    }
  });

  it("sums over saddles of different heights, and says where the separatrix has no one form", () => {
    const [lone, both] = [0.2, 0.02].map((h) => passage(10, 0.3, film(4, [0, h, 0])));
    expect(lone.isClear).toBe(true);
    expect(both.isClear).toBe(false);
    expect(melnikovOverSaddles.inRange(both)).toBe(false);
    expect(kramersLangerOverSaddles.inRange(both)).toBe(true);
  });

  it("has nothing to say of one well, of four, or of a ring", () => {
    for (const energy of [
      film(4, [2, 0, 0]),
      mul(-1, add(square(square(mx)), square(square(mz)))),
      uniaxial(),
    ])
      expect(escapeOverSaddles(dynamicsOf({ delta: 10, alpha: 0.1, energy }))).toBeUndefined();
  });
});
