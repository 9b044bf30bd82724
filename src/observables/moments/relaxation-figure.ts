import { magnetization } from "../../expression/vector.ts";
import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import { formulaTraces } from "../../figures/formulas.ts";
import { smallestRealEigenvalue } from "../../figures/smallest-real-eigenvalue.ts";
import type { ResultBase } from "../../result-parts.ts";
import type { MomentsResult } from "./result.ts";

/** Smaller fractions are noise or intrawell motion. */
const least = 2e-3;
/** Starts nearer to the stationary state than this do not relax visibly. */
const leastStep = 0.05;

/**
 * Relaxation of the component of ⟨m⟩ that starts farthest from its stationary value, as the fraction left: ensemble,
 * exact curve, and exp(−λ₁t) by the closed forms, dashed. These go through the last suitable exact point, since they
 * give the slope alone.
 */
export function relaxationFigures(result: ResultBase, moments: MomentsResult): Figure[] {
  const { fokkerPlanck: exact, theory, provenance } = result;
  const forms = theory.filter(({ quantity, value }) => quantity === "smallest eigenvalue" && value !== null);
  const rate = smallestRealEigenvalue(exact?.eigenvalues);
  if (!exact?.evolution || !exact.stationary || !rate || rate.im !== 0 || forms.length === 0) return [];
  const rows = exact.evolution.filter(({ time }) => time > 0);
  if (rows.length < 3) return [];
  const { m: rest } = exact.stationary;
  const away = magnetization.map((_, i) => Math.abs(rows[0].m[i] - rest[i]));
  const i = away.indexOf(Math.max(...away));
  const last = rows[rows.length - 1];
  if (away[i] < leastStep || rate.re * last.time < 0.05) return [];
  const left = (m: readonly number[]): number => (m[i] - rest[i]) / (rows[0].m[i] - rest[i]);
  const shown = rows.filter((row) => left(row.m) > least);
  const [factor, unit] = scaleFor(
    shown.map(({ time }) => time),
    provenance.timeUnit,
  );
  // amplitude of the slowest mode, from the last exact point
  const end = shown[shown.length - 1];
  const share = left(end.m) * Math.exp(rate.re * end.time);
  const scale = Math.abs(rows[0].m[i] - rest[i]);
  const points = moments.times.flatMap((time, k) =>
    time > 0 && left(moments.m[k]) > least
      ? [{ time, y: left(moments.m[k]), error: (2 * moments.mStandardError[k][i]) / scale }]
      : [],
  );
  return [
    {
      view: "switching",
      title: `Relaxation of ⟨${magnetization[i]}⟩ and closed forms of its rate`,
      caption:
        "Deviation from the stationary value, relative to that at the first record. Points: ensemble, bars of two standard errors. Line: exact. Dashed: exp(−λ₁t) by the closed forms, grey outside their range.",
      data: [
        ...formulaTraces(
          forms.flatMap((form) =>
            [0, 0.25, 0.5, 0.75, 1].map((part) => {
              const time = part * end.time;
              return {
                name: form.name,
                x: time * factor,
                value: share * Math.exp(-(form.value as number) * time),
                inRange: form.inRange,
              };
            }),
          ),
        ),
        {
          type: "scatter",
          mode: "lines",
          name: "exact",
          x: shown.map(({ time }) => time * factor),
          y: shown.map(({ m }) => left(m)),
          line: { color: colour.exact, width: 2 },
        },
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x: points.map(({ time }) => time * factor),
          y: points.map(({ y }) => y),
          error_y: {
            type: "data",
            array: points.map(({ error }) => error),
            thickness: 1.2,
            width: 2,
            color: colour.ensemble,
          },
          marker: { size: 6, color: colour.ensemble },
        },
      ],
      layout: layout(`time (${unit})`, "fraction left", {
        y: { type: "log", range: [Math.log10(Math.max(least, 0.7 * left(end.m))), 0.05] },
      }) as Figure["layout"],
    },
  ];
}
