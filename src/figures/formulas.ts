import type { Figure } from "./figure.ts";
import { colour } from "./figure.ts";

/** A closed form at one place of the abscissa. */
export interface FormulaPoint {
  readonly name: string;
  readonly x: number;
  readonly value: number | null;
  readonly inRange: boolean;
}

/** Formulas differ by colour; dashes distinguish them from data. */
const palette = ["#009e73", "#cc79a7", "#8c6d1f", "#56b4e9", "#5b4a9c", "#b8581b"];
const dashes = ["dash", "dot", "dashdot", "longdash", "longdashdot"];

/** Each closed form as a dashed curve, grey outside its range of validity. Points with the same name form one curve. */
export function formulaTraces(points: readonly FormulaPoint[]): Figure["data"][number][] {
  const names = [...new Set(points.map(({ name }) => name))];
  return names.flatMap((name, k) => {
    const own = points.filter((point) => point.name === name).sort((a, b) => a.x - b.x);
    const trusted = own.map((point) => point.inRange);
    if (own.every(({ value }) => value === null)) return [];
    const dash = dashes[k % dashes.length];
    const part = (inside: boolean): Figure["data"][number][] => {
      // neighbours belong to both parts, so that the curve does not break where it turns grey
      const y = own.map(({ value }, i) =>
        trusted[i] === inside || (!inside && (trusted[i - 1] === false || trusted[i + 1] === false))
          ? value
          : null,
      );
      if (!trusted.includes(inside)) return [];
      return [
        {
          type: "scatter",
          mode: "lines",
          name: inside ? name : `${name} (out of range)`,
          legendgroup: name,
          // the grey part has an entry in the legend only if there is no other part
          showlegend: inside || !trusted.includes(true),
          x: own.map(({ x }) => x),
          y,
          line: { color: inside ? palette[k % palette.length] : colour.faint, width: 1.6, dash },
        },
      ];
    };
    return [...part(false), ...part(true)];
  });
}
