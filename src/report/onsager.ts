import { readable } from "../figures/readable.ts";
import type { OnsagerResult, TestedSystem } from "../transport/onsager/onsager-result.ts";
import { htmlPage } from "./page.ts";
import { escapeHtml, table } from "./text.ts";

type Row = readonly [label: string, value: string];

const withUnit = (value: number, unit: string): string =>
  `${readable(value)}${unit === "" || unit === "1" ? "" : ` ${unit}`}`;

/** Reciprocity and second law with one line each, or one line per violation. */
export function verdictRows({ reciprocity, secondLaw }: TestedSystem): Row[] {
  return [
    [
      "reciprocity",
      reciprocity.holds ? "holds" : reciprocity.violations.map(({ words }) => words).join("; "),
    ],
    [
      "second law",
      secondLaw.holds
        ? `holds; smallest eigenvalue of the scaled symmetric part ${readable(secondLaw.margin)}`
        : `broken: ${secondLaw.words}`,
    ],
  ];
}

const measuredRows = ({ measurable }: TestedSystem): Row[] =>
  measurable.map(({ name, symbol, unit, value }) => [`${name}, ${symbol}`, withUnit(value, unit)]);

/** Every flux as a sum over forces. */
function equationRows({ fluxes, forces, coefficients }: TestedSystem): Row[] {
  return coefficients.map((row, i) => {
    const terms = row.flatMap((value, j) =>
      value === 0 ? [] : [`${readable(value)} · (${forces[j].symbol})`],
    );
    return [`${fluxes[i].symbol}${fluxes[i].unit && ` (${fluxes[i].unit})`}`, terms.join(" + ") || "0"];
  });
}

function situationRows(result: OnsagerResult, { forces, fluxes, parts, dissipatedPower }: Situation): Row[] {
  return [
    ...result.fluxes.map((flux, i): Row => {
      const force = result.forces[i];
      return [
        `${flux.symbol} by ${force.symbol}`,
        `${withUnit(fluxes[flux.name], flux.unit)} by ${withUnit(forces[force.name], force.unit)}, ` +
          `dissipates ${withUnit(parts[flux.name], result.powerUnit)}`,
      ];
    }),
    ["dissipated power", withUnit(dissipatedPower, result.powerUnit)],
  ];
}

type Situation = OnsagerResult["situations"][number];

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const sectionsOf = (system: TestedSystem): Section[] => [
  { title: "Kinetic equations", rows: equationRows(system) },
  { title: "Verdict", rows: verdictRows(system) },
  ...(system.measurable.length > 0 ? [{ title: "Measurable", rows: measuredRows(system) }] : []),
];

/** The result under headings. */
export const onsagerSections = (result: OnsagerResult): Section[] => [
  ...sectionsOf(result),
  ...result.situations.map((situation) => ({
    title: `Given ${Object.entries(situation.given)
      .map(([name, value]) => `${name} = ${readable(value)}`)
      .join(", ")}`,
    rows: situationRows(result, situation),
  })),
  ...(result.combined
    ? sectionsOf(result.combined).map(({ title, rows }) => ({ title: `Combined: ${title}`, rows }))
    : []),
];

/** An Onsager system as one self-contained HTML page. */
export function onsagerHtml(result: OnsagerResult, plotly: string): string {
  const head = onsagerSections(result).map(
    ({ title, rows }) =>
      `<section><h2>${escapeHtml(title)}</h2>${table(["quantity", "value"], rows)}</section>`,
  );
  return htmlPage({ title: result.name, head: head.join("\n"), figures: [], tail: "" }, plotly);
}
