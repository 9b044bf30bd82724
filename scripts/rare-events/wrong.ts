import { magnetization } from "../../src/expression/vector.ts";
import type { LogPotential } from "../../src/observables/rare-event/potential.ts";
import { raised } from "../../src/observables/rare-event/potential.ts";
import type { Bend } from "./counted.ts";

/** The potential with opposite sign on the half of the sphere with mx < 0. */
const turned = ({ of, fill }: LogPotential): LogPotential => ({
  of: magnetization,
  fill(columns, logs) {
    fill(
      of.map((name) => columns[magnetization.indexOf(name)]),
      logs,
    );
    for (let i = 0; i < logs.length; i++) if (columns[0][i] < 0) logs[i] = -logs[i];
  },
});

/** Replaces every potential by another, for all islands or for every other one. */
const replaced =
  (by: (logG: LogPotential) => LogPotential, source: string, isInTurn: boolean): Bend =>
  ({ potentials, source: own, ...guide }) => {
    const bad = { potentials: potentials.map(by), source };
    return isInTurn
      ? { ...guide, ...bad, rival: { potentials, source: own } }
      : { ...guide, ...bad, rival: undefined };
  };

const doubled = (logG: LogPotential): LogPotential => raised(logG, 2);

/** Functions that are wrong on purpose: alone, and in turn with the right one as typed functions are. */
export const wrong: readonly { readonly name: string; readonly bend: Bend }[] = [
  { name: "exponent doubled", bend: replaced(doubled, "doubled", false) },
  { name: "exponent doubled, every other island", bend: replaced(doubled, "doubled", true) },
  { name: "opposite sign on half of the sphere", bend: replaced(turned, "turned", false) },
  {
    name: "opposite sign on half of the sphere, every other island",
    bend: replaced(turned, "turned", true),
  },
];
