import { isReduced, unitFor } from "../../src/experiment/natural-units.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Parameters } from "../../src/physics/parameter.ts";
import { torques } from "../../src/physics/torques/index.ts";
import type { DeviceFigures, StateFigures } from "../../src/run/device-figures.ts";
import { byId, element } from "../elements/element.ts";
import { shownNumber, withPrefix, withUnit } from "../values/number.ts";
import type { Remote } from "../workers/client.ts";
import type { CheckerCalls } from "../workers/messages.ts";
import { Equation } from "./equation.ts";

/** "(0, 0, −1)" */
const direction = (m: readonly number[]): string =>
  `(${m.map((x) => shownNumber(Number(x.toFixed(2)) + 0)).join(", ")})`;

/** Units of parameters to which a torque is proportional. */
const strengths = ["T", "A/m²"];

/** The value of the only torque's only number at which a state is lost; without such a number, the factor. */
function critical(factor: number, experiment: CompletedExperiment): string {
  const times = `${withUnit(factor, "1", 3)} × the torques`;
  if (experiment.torques.length !== 1) return times;
  const [torque] = experiment.torques as unknown as readonly Readonly<Record<string, unknown>>[];
  const entries = torques as unknown as Readonly<Record<string, { readonly parameters: Parameters }>>;
  const scalars = Object.entries(entries[String(torque.type)]?.parameters ?? {}).filter(
    ([name, { kind, unit }]) => kind === "scalar" && strengths.includes(unit) && (torque[name] ?? 0) !== 0,
  );
  const [[name, { unit }] = ["", { unit: "" }]] = scalars;
  const value = torque[name];
  return scalars.length === 1 && typeof value === "number"
    ? `${name} ${withUnit(factor * value, unitFor(experiment.magnet, unit), 3)}`
    : times;
}

function stateRow(
  { m, barrier, precession, decayTime, criticalFactor }: StateFigures,
  experiment: CompletedExperiment,
): HTMLElement {
  const unit = (name: string): string => unitFor(experiment.magnet, name);
  const cells = [
    direction(m),
    barrier === null ? "–" : withUnit(barrier, "1", 3),
    precession === null ? "–" : withUnit(precession, unit("Hz"), 3),
    decayTime === null ? "–" : withUnit(decayTime, unit("s"), 3),
    criticalFactor === null ? "–" : critical(criticalFactor, experiment),
  ];
  return element("tr", {}, ...cells.map((text) => element("td", {}, text)));
}

/**
 * Figures that one would work out by hand, beside the form: the field scale, and for each state barrier, frequency and
 * the torque that makes it unstable.
 */
export class Derived {
  #of: CompletedExperiment | null = null;
  readonly #checker: Remote<CheckerCalls>;
  readonly #host = byId("derived");
  readonly #equation = new Equation();

  constructor(checker: Remote<CheckerCalls>) {
    this.#checker = checker;
  }

  async show(experiment: CompletedExperiment): Promise<void> {
    this.#of = experiment;
    const terms = await this.#checker.call("terms", experiment).catch(() => []);
    if (this.#of !== experiment) return;
    this.#equation.show(terms, isReduced(experiment.magnet));
    const found = await this.#checker.call("derived", experiment).catch(() => null);
    if (this.#of !== experiment) return;
    this.#host.replaceChildren(...(found ? this.#nodes(found, experiment) : []));
  }

  #nodes(found: DeviceFigures, experiment: CompletedExperiment): HTMLElement[] {
    const { fieldScale, relaxationTime, states } = found;
    const scales = isReduced(experiment.magnet)
      ? []
      : [
          `B_K ${withPrefix(fieldScale, "T")}`,
          ...(relaxationTime === null ? [] : [`τ_D ${withPrefix(relaxationTime, "s")}`]),
        ];
    const heads: readonly (readonly [string, string])[] = [
      ["state", "a minimum of the energy at t = 0"],
      ["Δ (kT)", "lowest barrier to another state over kT: the thermal stability"],
      ["FMR", "frequency at which small deviations precess"],
      ["decay", "time in which small deviations decay to 1/e"],
      ["lost at", "the least torque that makes the state unstable"],
    ];
    return [
      element("p", { class: "meaning" }, scales.join(" · ")),
      element(
        "table",
        {},
        element("tr", {}, ...heads.map(([name, title]) => element("th", { scope: "col", title }, name))),
        ...states.slice(0, 4).map((state) => stateRow(state, experiment)),
      ),
    ];
  }
}
