import { requireFinite } from "../require-finite.ts";
import type { Situation } from "./given.ts";
import { situationOf } from "./given.ts";
import type { MeasurableParameter } from "./measurable.ts";
import { measurables } from "./measurable.ts";
import type { CoefficientMatrix, Quantity } from "./onsager-pair.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import type { Reciprocity } from "./reciprocity.ts";
import type { SystemInput } from "./system-file.ts";
import { readSystem } from "./system-file.ts";
import { systems } from "./systems.ts";

/** A system's coefficients, with the tests of reciprocity and second law. */
export interface TestedSystem {
  readonly name: string;
  readonly powerUnit: string;
  /** `parity`: under time reversal, of the variable whose rate is the flux. */
  readonly fluxes: readonly (Quantity & { readonly parity: "even" | "odd" })[];
  readonly forces: readonly Quantity[];
  /** fluxes = coefficients × forces, in the system's magnetic state. */
  readonly coefficients: CoefficientMatrix;
  readonly reciprocity: Reciprocity;
  readonly secondLaw: {
    readonly holds: boolean;
    /** Smallest eigenvalue of the symmetric part scaled to a unit diagonal. */
    readonly margin: number;
    /** Forces that dissipate the negative `power`; null if the law holds. */
    readonly direction: Readonly<Record<string, number>> | null;
    readonly power: number | null;
    readonly words: string;
  };
  readonly measurable: readonly MeasurableParameter[];
}

/** The output of the command `onsager`. SI units. */
export interface OnsagerResult extends TestedSystem {
  /** The catalogue's name and the paper's equations; null for a system of the user's own. */
  readonly system: string | null;
  readonly equations: string | null;
  readonly situations: readonly (Situation & { readonly given: Readonly<Record<string, number>> })[];
  readonly combined: TestedSystem | null;
}

function testedSystem(system: OnsagerSystem, temperature: number | undefined): TestedSystem {
  const { pairs } = system;
  const { direction, ...law } = system.secondLaw();
  const forces = direction && Object.fromEntries(pairs.map(({ force }, i) => [force.name, direction[i]]));
  return {
    name: system.name,
    powerUnit: system.powerUnit,
    fluxes: pairs.map(({ flux, parity }) => ({ ...flux, parity: parity === 1 ? "even" : "odd" })),
    forces: pairs.map(({ force }) => force),
    coefficients: system.matrix(),
    reciprocity: system.reciprocity(),
    secondLaw: { ...law, direction: forces, power: forces && system.dissipatedPower(forces) },
    measurable: measurables(system, temperature),
  };
}

/**
 * A system of named fluxes and forces as plain data: reciprocity, second law, measurable parameters, the requested
 * situations, and the same for combined fluxes.
 * @param input as an `onsager` file holds it
 * @throws RangeError listing every problem
 */
export function onsager(input: SystemInput): OnsagerResult {
  const { file, system, combined } = readSystem(input);
  const { temperature: own } = file.parameters;
  const temperature = file.temperature ?? (typeof own === "number" ? own : undefined);
  return requireFinite({
    ...testedSystem(system, temperature),
    ...(file.name === undefined ? {} : { name: file.name }),
    system: file.system ?? null,
    equations: file.system === undefined ? null : systems[file.system].equations,
    situations: file.given.map((given) => ({ given, ...situationOf(system, given) })),
    combined: combined && testedSystem(combined, temperature),
  });
}
