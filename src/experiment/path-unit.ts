import { own } from "../expression/own.ts";
import { drives } from "../physics/drives/index.ts";
import { energies } from "../physics/energies/index.ts";
import { magnetParameters } from "../physics/magnet.ts";
import type { Parameters } from "../physics/parameter.ts";
import { torques } from "../physics/torques/index.ts";
import { isReduced } from "./natural-units.ts";
import type { CompletedExperiment } from "./schema.ts";
import { keysOf } from "./settings.ts";

type Entries = Readonly<Record<string, { readonly parameters: Parameters }>>;

/** SI unit of the number at a path of an experiment, as printed; "" if it has none or it is not known. */
export function unitAt(experiment: CompletedExperiment, path: string): string {
  if (isReduced(experiment.magnet)) return "";
  const [part, key, name, ...rest] = keysOf(path);
  const unitOf = (shape: Parameters | undefined, parameter: string): string => {
    const found = shape && own(shape, parameter);
    return found && "unit" in found && found.unit !== "1" ? (found.unit as string) : "";
  };
  if (part === "time" && ["duration", "step"].includes(key)) return "s";
  if (part === "magnet") return unitOf(magnetParameters, key);
  if (part !== "energies" && part !== "torques") return "";
  // inside a drive every parameter has its own unit, an amplitude that of what is driven
  const within = rest.findIndex((word) => Object.hasOwn(drives, word));
  if (within >= 0) {
    const shape = (drives as unknown as Entries)[rest[within]].parameters;
    if (shape[rest[within + 1]]?.unit !== "value") return unitOf(shape, rest[within + 1]);
  }
  const entry = experiment[part][Number(key)];
  const catalogue = (part === "energies" ? energies : torques) as unknown as Entries;
  return entry ? unitOf(catalogue[entry.type]?.parameters, name) : "";
}
