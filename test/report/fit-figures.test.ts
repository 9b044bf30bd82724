import { expect, it } from "vitest";
import { measuredFigure } from "../../src/report/fit-figures.ts";

const point = (field: number, temperature: number, fitted: number) => ({
  settings: { "energies.1.B_ext.2": field, "magnet.temperature": temperature },
  quantity: "tau_up" as const,
  measured: fitted,
  error: 1,
  fitted,
});

it("each sweep of a fit to several has a line of its own", () => {
  const points = [point(0.1, 300, 3), point(0, 300, 2), point(0, 350, 4), point(0.1, 350, 5)];
  const { data } = measuredFigure(points, "fitted");
  const line = data.find(({ mode }) => mode === "lines");
  expect(line).toMatchObject({ x: [0, 0.1, null, 0, 0.1], y: [2, 3, null, 4, 5] });
  const [single] = measuredFigure(points.slice(0, 2), "fitted").data.filter(({ mode }) => mode === "lines");
  expect(single).toMatchObject({ x: [0, 0.1], y: [2, 3] });
});
