import { magnetization } from "../expression/vector.ts";
import type { Figure } from "../figures/figure.ts";
import { colorbar, colour, layout } from "../figures/figure.ts";
import { atTimeOf } from "../figures/readable.ts";
import type { FokkerPlanckResult } from "../result.ts";

const height = magnetization[2];

/** Whether no row depends on the azimuth. */
const isAxial = (value: readonly (readonly number[])[]): boolean =>
  value.every((row) => row.every((q) => Math.abs(q - row[0]) < 1e-6));

/**
 * The slowest left eigenvector as the probability to reach "up" first: a curve if there is a common axis, else a map.
 */
export function committorFigures(exact: FokkerPlanckResult | null): Figure[] {
  if (!exact?.twoStates) return [];
  const { mz, phi, value } = exact.twoStates.committor;
  const title = `Committor: which state a spin reaches first${exact.frozenAt === undefined ? "" : `, with the parameters${atTimeOf(exact)}`}`;
  const caption =
    "Probability P(up) to reach the upper state before the lower one, from the slowest left eigenvector of the Fokker–Planck operator.";
  if (isAxial(value))
    return [
      {
        title,
        caption,
        data: [
          {
            type: "scatter",
            mode: "lines",
            x: mz,
            y: value.map((row) => row[0]),
            line: { color: colour.exact, width: 2 },
          },
        ],
        layout: layout(height, "probability of up", { rest: { height: 300 } }) as Figure["layout"],
      },
    ];
  return [
    {
      title,
      caption,
      data: [
        {
          type: "heatmap",
          x: phi.map((angle) => (angle * 180) / Math.PI),
          y: mz,
          z: value,
          zmin: 0,
          zmax: 1,
          colorscale: "RdBu",
          reversescale: true,
          colorbar: colorbar("P(up)"),
        },
      ],
      layout: layout("azimuth φ (degrees)", height) as Figure["layout"],
    },
  ];
}
