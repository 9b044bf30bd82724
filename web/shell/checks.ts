import { mz } from "../../src/expression/vector.ts";
import { speaksOf } from "../../src/figures/speaks-of.ts";
import type { Result } from "../../src/result.ts";
import { normalQuantile } from "../../src/statistics/normal.ts";
import { element } from "../elements/element.ts";
import { instruments } from "../workers/instruments.ts";

type Certificate = NonNullable<Result["certificate"]>;
type Check = Certificate["checks"][number];

/** The distance from the mean of a normal variable, in standard errors, with this p-value. */
const sigmas = (pValue: number): number => (pValue >= 1 ? 0 : -normalQuantile(Math.max(pValue, 1e-300) / 2));

const named: Readonly<Record<string, string>> = {
  [instruments.means]: "mean magnetization",
  [instruments.distribution]: `distribution of ${mz}`,
  [instruments.map]: "map of the sphere",
};

interface Group {
  readonly name: string;
  checks: Check[];
  readonly untested: string[];
}

/** Checks, and figures that could not be tested, grouped by topic. */
function groupsOf({ certificate, observables, figures }: Result & { certificate: Certificate }): Group[] {
  const groups = new Map<string, Group>();
  const names = observables.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const group = (check: {
    readonly name: string;
    readonly against?: string;
    readonly relation?: string;
  }): Group => {
    const observable = names.find((name) => speaksOf(check.name, name));
    const key =
      check.against ??
      (observable
        ? (named[observable] ?? observable)
        : check.relation === "at most"
          ? "accuracy"
          : "other checks");
    const found = groups.get(key) ?? { name: key, checks: [], untested: [] };
    groups.set(key, found);
    return found;
  };
  for (const check of certificate.checks) group(check).checks.push(check);
  const say = (of: Group, name: string, reason: string): void => {
    if (!of.untested.some((said) => said.endsWith(reason))) of.untested.push(`${name}: ${reason}`);
  };
  for (const { name, reason } of certificate.skipped) say(group({ name }), name, reason);
  for (const { name, observable, standing, reason = "" } of figures)
    if (standing !== "agrees" && standing !== "disagrees") say(group({ name: observable }), name, reason);
  return [...groups.values()];
}

/** How near a check is to its limit, as a ratio; 1 fails. */
function share({ value, limit, relation, passed }: Check): number {
  if (value === null) return passed ? 0 : 1;
  if (relation === "at most") return limit > 0 ? value / limit : 0;
  return sigmas(value) / sigmas(limit);
}

const digits = (x: number): string => String(Number(x.toPrecision(2)));

function words(worst: Check): string {
  const { value, limit, relation } = worst;
  if (value === null) return "no figure";
  return relation === "at most"
    ? `${digits(value)} of ${digits(limit)}`
    : `${sigmas(value).toFixed(1)}σ of ${sigmas(limit).toFixed(1)}σ`;
}

/** One line for each group of checks, the worst first, with a bar that is full at the limit. */
export function checkList(result: Result & { certificate: Certificate }): HTMLElement[] {
  const rows = groupsOf(result).map(({ name, checks, untested }) => {
    const worst = checks.reduce<Check | null>((a, b) => (a && share(a) >= share(b) ? a : b), null);
    const failed = checks.filter(({ passed }) => !passed).length;
    const far = worst ? share(worst) : 0;
    const count =
      checks.length === 0 ? "not tested" : `${checks.length} ${checks.length === 1 ? "check" : "checks"}`;
    const line = element(
      "li",
      {
        "data-standing": failed > 0 ? "failed" : checks.length === 0 ? "untested" : "passed",
        title: worst?.name,
      },
      element("span", { class: "what" }, name),
      element("span", { class: "how" }, worst ? `${words(worst)}, ${count}` : count),
      worst
        ? element(
            "span",
            { class: "bar", "aria-hidden": "true" },
            element("span", { style: `width:${(100 * Math.min(1, far)).toFixed(0)}%` }),
          )
        : null,
      ...untested.map((reason) => element("span", { class: "untested" }, `not tested: ${reason}`)),
    );
    return { line, far: failed > 0 ? 2 + far : far };
  });
  return rows.sort((a, b) => b.far - a.far).map(({ line }) => line);
}
