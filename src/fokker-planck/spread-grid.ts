import type { SpreadCell } from "./spread-cells.ts";
import { isOpen, keyOf, leftAfter } from "./spread-cells.ts";
import type { SpreadUnit } from "./spread-nodes.ts";

type Units = readonly SpreadUnit[];

/**
 * Cells of an adaptive rule: products of units, one of each variate. A cell is taken when all its predecessors, with a coarser unit in
 * one variate, are refined. `take` evaluates a cell's figures, or returns why they are not available.
 */
export class SpreadGrid<Refused> {
  readonly cells: SpreadCell[] = [];
  readonly #places = new Map<string, SpreadCell>();
  readonly #evaluate: (units: Units, behind: readonly SpreadCell[]) => SpreadCell | Refused;

  constructor(evaluate: (units: Units, behind: readonly SpreadCell[]) => SpreadCell | Refused) {
    this.#evaluate = evaluate;
  }

  take(units: Units, behind: readonly SpreadCell[]): Refused | undefined {
    const cell = this.#evaluate(units, behind);
    if (!isCell(cell)) return cell;
    this.cells.push(cell);
    this.#places.set(keyOf(units), cell);
    return undefined;
  }

  /** Takes the following units of a cell in every variate, and all others that waited for it. */
  refine(cell: SpreadCell): Refused | undefined {
    cell.isRefined = true;
    cell.missing = cell.units.flatMap((unit, d) => unit.children().map((child) => cell.units.with(d, child)));
    cell.after = cell.missing.length;
    for (const waiting of this.cells.filter(({ missing }) => missing.length > 0)) {
      const unresolved: Units[] = [];
      for (const units of waiting.missing) {
        if (this.#at(units)) continue;
        const behind = behindOf(units).map((neighbour) => this.#at(neighbour));
        if (!behind.every((neighbour) => neighbour?.isRefined)) unresolved.push(units);
        else {
          const refused = this.take(units, behind as SpreadCell[]);
          if (refused) return refused;
        }
      }
      waiting.missing = unresolved;
    }
    return undefined;
  }

  /** The cell to refine next for an open cell: itself, or the one for which its missing units of largest weight wait. */
  nextFor(cell: SpreadCell): SpreadCell {
    if (!cell.isRefined) return cell;
    return this.#wayTo(cell.missing.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a)));
  }

  /** Error estimates of `size` figures, from the contribution of each cell. */
  errorsOf(own: (cell: SpreadCell) => Float64Array, size: number): Float64Array {
    const errors = new Float64Array(size);
    for (const cell of this.cells)
      if (isOpen(cell)) for (let i = 0; i < size; i++) errors[i] += leftAfter(cell, own, i);
    return errors;
  }

  /** The cell that must be refined first so that `units` can be taken. */
  #wayTo(units: Units): SpreadCell {
    const behind = behindOf(units);
    const absent = behind.find((neighbour) => !this.#at(neighbour));
    if (absent) return this.#wayTo(absent);
    return behind
      .map((neighbour) => this.#at(neighbour) as SpreadCell)
      .find(({ isRefined }) => !isRefined) as SpreadCell;
  }

  #at(units: Units): SpreadCell | undefined {
    return this.#places.get(keyOf(units));
  }
}

const isCell = (found: unknown): found is SpreadCell =>
  typeof found === "object" && found !== null && "units" in found;

const behindOf = (units: Units): Units[] =>
  units.flatMap((unit, e) => (unit.parent ? [units.with(e, unit.parent)] : []));

const weightOf = (units: Units): number =>
  units.reduce(
    (product, { nodes }) => product * nodes.reduce((sum, { weight }) => sum + Math.abs(weight), 0),
    1,
  );
