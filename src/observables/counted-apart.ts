import { mz } from "../expression/vector.ts";
import type { ResultBase, ShownFigure } from "../result-parts.ts";
import { asWritten } from "./as-written.ts";

/** A figure with its interval. */
export type Ranged = ShownFigure & { readonly low: number; readonly high: number };

/**
 * Figures of the same event, however rare, that an ensemble of its own has counted: those whose condition is that side.
 */
export function countedApart(whole: ResultBase, side: "up" | "down"): Ranged[] {
  const beyondZero = side === "up" ? String.raw`>\s*\+?` : String.raw`<\s*-?`;
  const sought = new RegExp(String.raw`^\s*${mz}\s*${beyondZero}0*\.?0*\s*$`);
  const same = asWritten(whole).filter(({ written }) => sought.test(String(written.event ?? "")));
  return whole.figures.filter(
    (figure): figure is Ranged =>
      same.some(({ name }) => name === figure.observable) &&
      figure.unit === "" &&
      figure.low !== undefined &&
      figure.high !== undefined,
  );
}
