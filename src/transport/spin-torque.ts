import { z } from "zod";
import { add, mul } from "../expression/expression.ts";
import { checkedAll, notNegative, positive } from "./check.ts";
import { defaultGyromagneticRatio, elementaryCharge, reducedPlanckConstant } from "./constants.ts";
import { lineOf } from "./line.ts";
import type { OfCosine, Quadratic } from "./rational.ts";
import { antiderivative, quotient, scaled, valueAt } from "./rational.ts";
import { resistanceOf } from "./resistance.ts";
import type { SideEquivalent } from "./side-equivalent.ts";
import { sideEquivalents } from "./side-equivalent.ts";
import { resistanceNumerator, spacerCircuit } from "./spacer-circuit.ts";
import { requireKeys, sidesOf, withFreeLayer } from "./spacer-sides.ts";
import type { StackInput } from "./stack-schema.ts";
import { stackSchema } from "./stack-schema.ts";
import { circuitNumerators, paperNumerators } from "./torque-laws.ts";

export const magnetSchema = z.strictObject({
  Ms: positive("A/m", "saturation magnetization of the free layer"),
  alpha: notNegative("1", "Gilbert damping"),
  gamma: positive("rad/(s T)", "gyromagnetic ratio").default(defaultGyromagneticRatio),
});
/** The free layer as a magnet. */
export type FreeMagnet = z.input<typeof magnetSchema>;

/**
 * The torque γa m×(m×p) + γb m×p of a stack on its free layer, as functions of c = m·p; p is the polarizer's
 * magnetization. a > 0 turns m away from p; J0 > 0 along +z. Everything is proportional to the current density.
 */
export interface SpinTorque {
  readonly law: "circuit" | "onsager";
  readonly polarizer: SideEquivalent;
  readonly free: SideEquivalent;
  /** Current density from the polarizer to the free layer, A/m²: −J0 if the free layer is on the left. */
  readonly currentDensity: number;
  /** κ = ħ/(2e Ms t), T m²/A. */
  readonly kappa: number;
  /** κG = λ/γ', T of torque field per V of transverse accumulation. */
  readonly gain: number;
  /** Accumulation of the spacer, J0(x p + y m + …): x and y, Ω m². */
  readonly x: OfCosine;
  readonly y: OfCosine;
  /** Areal resistance of the whole stack, Ω m². */
  readonly resistance: OfCosine;
  /** Damping-like and field-like, T. */
  readonly a: OfCosine;
  readonly b: OfCosine;
  /** ∫0^c a dc and ∫0^c b dc, T. */
  readonly integralOfA: OfCosine;
  readonly integralOfB: OfCosine;
  /** dχ/dc and dΦ/dc, 1/s. */
  readonly chiSlope: OfCosine;
  readonly phiSlope: OfCosine;
  /** χ and Φ, 1/s, both 0 at c = 0. */
  readonly chi: OfCosine;
  readonly phi: OfCosine;
}

/**
 * χ and Φ of a stack (Eq. 49 and 50; docs/equations.md). The spacer is assumed thin and without spin flip. p_i and r_i
 * come from exact collinear solutions of its two sides, the dependence on the angle from circuit theory.
 * @throws RangeError listing every problem of the stack and the magnet.
 */
export function spinTorqueFromStack(input: StackInput, freeMagnet: FreeMagnet): SpinTorque {
  const [stack, magnet] = checkedAll<[typeof stackSchema, typeof magnetSchema]>(
    { schema: stackSchema, input, root: "stack" },
    { schema: magnetSchema, input: freeMagnet, root: "magnet" },
  );
  requireKeys(stack, "spacer", "freeLayer", "mixingConductance");
  const { free: freeIndex, forward } = sidesOf(stack);
  const { polarizer, free } = sideEquivalents(stack);
  const G = stack.mixingConductance!.re;
  const currentDensity = forward ? stack.currentDensity : -stack.currentDensity;
  const kappa =
    reducedPlanckConstant / (2 * elementaryCharge * magnet.Ms * stack.layers[freeIndex].thickness);
  const circuit = spacerCircuit(polarizer, free, stack.mixingConductance!);
  const angular = resistanceNumerator(circuit, polarizer.p, free.p);
  const numerators =
    stack.law === "circuit"
      ? circuitNumerators(circuit, kappa * currentDensity, magnet)
      : paperNumerators(
          circuit,
          angular,
          {
            ...stack.onsagerCoefficients!,
            asymmetry: stack.layers[freeIndex].asymmetry,
            conductance: G,
            currentDensity,
          },
          magnet,
        );
  const of = (numerator: Quadratic) => quotient(numerator, circuit.denominator);
  const integral = (numerator: Quadratic) => antiderivative(numerator, circuit.denominator);
  const parallel = resistanceOf(lineOf(withFreeLayer(stack, "parallel"))).total;
  const offset = parallel - valueAt(angular, 1) / valueAt(circuit.denominator, 1) / G;
  return {
    law: stack.law,
    polarizer,
    free,
    currentDensity,
    kappa,
    gain: kappa * G,
    x: of(scaled(1 / G, circuit.x)),
    y: of(scaled(1 / G, circuit.y)),
    resistance: (c) => add(offset, mul(1 / G, of(angular)(c))),
    a: of(numerators.a),
    b: of(numerators.b),
    integralOfA: integral(numerators.a),
    integralOfB: integral(numerators.b),
    chiSlope: of(numerators.chi),
    phiSlope: of(numerators.phi),
    chi: integral(numerators.chi),
    phi: integral(numerators.phi),
  };
}
