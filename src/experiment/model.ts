import type { Expression } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { EnergyDescription } from "../physics/energies/index.ts";
import { energies } from "../physics/energies/index.ts";
import type { EnergyEntry, Entry, Potentials, SpinTransfer, TorqueEntry } from "../physics/entry.ts";
import type { Magnet } from "../physics/magnet.ts";
import {
  energyDynamics,
  magnetInSI,
  magnetParameters,
  reducedMagnet,
  reducedMagnetParameters,
  thermalDynamics,
} from "../physics/magnet.ts";
import { potentials, torqueDynamics } from "../physics/torques/gilbert.ts";
import type { TorqueDescription } from "../physics/torques/index.ts";
import { torques } from "../physics/torques/index.ts";
import { joinPath } from "./input-error.ts";
import { isReduced } from "./natural-units.ts";
import type { Resolution } from "./resolve.ts";
import { resolve } from "./resolve.ts";
import type { MagnetDescription } from "./schema.ts";

/** The terms of an experiment as expressions in SI: of m, of t in s and of per-spin parameters. */
export interface MagnetModel {
  readonly magnet: Magnet;
  /** Energy densities, J/m³. */
  readonly energies: readonly { readonly path: string; readonly density: Expression }[];
  /** χ and Φ, 1/s. */
  readonly torques: readonly ({ readonly path: string } & Potentials)[];
}

/** The magnet of an experiment as expressions; problems of its values go to `resolution`. */
export const magnetOf = (magnet: MagnetDescription, resolution: Resolution): Magnet =>
  isReduced(magnet)
    ? reducedMagnet(resolve(reducedMagnetParameters, magnet, "magnet", resolution))
    : magnetInSI(resolve(magnetParameters, magnet, "magnet", resolution));

/** Refuses entries that need Ms or the volume in SI, if the magnet is reduced. */
const fits = (
  entry: { needsUnits?: true; type: string },
  path: string,
  reduced: boolean,
  resolution: Resolution,
) => {
  if (!entry.needsUnits || !reduced) return true;
  resolution.complain(
    joinPath(path, "type"),
    "must not need SI units where magnet is reduced (delta)",
    entry.type,
  );
  return false;
};

/** The contribution of an entry; its RangeError becomes a problem of its values. */
function contributed<T>(contribution: () => T, path: string, resolution: Resolution): T | undefined {
  try {
    return contribution();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    resolution.complain(path, error.message);
    return undefined;
  }
}

/** The model of an experiment. Terms with problems, which go to `resolution`, are left out. */
export function modelOf(
  experiment: {
    readonly magnet: MagnetDescription;
    readonly energies: readonly (EnergyDescription | undefined)[];
    readonly torques: readonly (TorqueDescription | undefined)[];
  },
  resolution: Resolution,
): MagnetModel {
  const magnet = magnetOf(experiment.magnet, resolution);
  const reduced = isReduced(experiment.magnet);
  /** The contribution of a term, or undefined if its values have problems. */
  const contributionOf = <C>(
    entry: Entry & { contribution(parameters: never, magnet: Magnet): C },
    values: unknown,
    path: string,
  ): C | undefined => {
    if (!fits(entry, path, reduced, resolution)) return undefined;
    const before = resolution.complaints;
    const resolved = resolve(entry.parameters, values as never, path, resolution);
    if (resolution.complaints > before) return undefined;
    return contributed(() => entry.contribution(resolved as never, magnet), path, resolution);
  };
  return {
    magnet,
    energies: experiment.energies.flatMap((values, i) => {
      if (!values) return [];
      const path = joinPath("energies", i);
      const density = contributionOf<Expression>(energies[values.type] as EnergyEntry, values, path);
      return density ? [{ path, density }] : [];
    }),
    torques: experiment.torques.flatMap((values, i) => {
      if (!values) return [];
      const path = joinPath("torques", i);
      const contribution = contributionOf<SpinTransfer | Potentials>(
        torques[values.type] as TorqueEntry,
        values,
        path,
      );
      return contribution ? [{ path, ...potentials(contribution, magnet) }] : [];
    }),
  };
}

/** One dynamics for each term, rates in 1/s and t in s. */
export const dynamicsOf = ({ magnet, energies, torques }: MagnetModel): Dynamics[] => [
  ...energies.map(({ density }) => energyDynamics(density, magnet)),
  ...torques.map((term) => torqueDynamics(term, magnet)),
  thermalDynamics(magnet),
];
