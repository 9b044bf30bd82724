import { energies } from "../physics/energies/index.ts";
import { magnetParameters } from "../physics/magnet.ts";
import type { Parameters } from "../physics/parameter.ts";
import { torques } from "../physics/torques/index.ts";
import type { CompletedExperiment } from "./schema.ts";
import { keysOf } from "./settings.ts";

type Entries = Readonly<Record<string, { readonly parameters: Parameters }>>;

/** SI unit of the number at a path of an experiment, as it is printed; "" where it has none or is not known. */
export function unitAt(experiment: CompletedExperiment, path: string): string {
  if ("delta" in experiment.magnet) return "";
  const [part, key, name, ...rest] = keysOf(path);
  const unitOf = (shape: Parameters | undefined, parameter: string): string => {
    const found = shape?.[parameter];
    return found && "unit" in found && found.unit !== "1" ? (found.unit as string) : "";
  };
  if (part === "time" && ["duration", "step"].includes(key)) return "s";
  if (part === "magnet") return unitOf(magnetParameters, key);
  if (part !== "energies" && part !== "torques") return "";
  // a length or a start inside a drive is a time; its amplitude is the parameter's own
  if (/^(start|length|rise|fall|period)$/.test(rest[rest.length - 1] ?? "")) return "s";
  const entry = experiment[part][Number(key)];
  const catalogue = (part === "energies" ? energies : torques) as unknown as Entries;
  return entry ? unitOf(catalogue[entry.type]?.parameters, name) : "";
}
