import type { MappedQuantity } from "../../src/figures/figure.ts";
import { perTime } from "../../src/figures/figure.ts";
import type { RatesRow } from "../../src/run/rates.ts";
import { timeUp } from "../../src/run/time-up.ts";

/** A quantity of a cell. */
export interface MapQuantity {
  readonly id: string;
  /** What figures of a run show the same. */
  readonly quantity?: MappedQuantity;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly log: boolean;
  of(row: RatesRow): number | null;
}

const inverse = (rate: number | null | undefined): number | null => (rate ? 1 / rate : null);

/** Mean duration of a state: by the thresholds of the experiment, if it has any. */
const lasting = (side: "up" | "down", row: RatesRow): number | null =>
  (side === "up" ? row.dwellUp : row.dwellDown) ?? inverse(row[side]?.rate);

/** With the unit of the experiment's times. */
const mapQuantities = (time: string): readonly MapQuantity[] => [
  {
    id: "up",
    quantity: "timeUp",
    name: "τ up",
    title: "mean time up",
    unit: time,
    log: true,
    of: (row) => lasting("up", row),
  },
  {
    id: "down",
    quantity: "timeDown",
    name: "τ down",
    title: "mean time down",
    unit: time,
    log: true,
    of: (row) => lasting("down", row),
  },
  {
    id: "occupation",
    quantity: "shareUp",
    name: "occupation",
    title: "share of time up",
    unit: "",
    log: false,
    of: timeUp,
  },
  {
    id: "rate",
    name: "rate",
    title: "slowest relaxation rate",
    unit: perTime(time),
    log: true,
    of: (row) => row.slowest?.rate ?? null,
  },
  {
    id: "barrier",
    name: "barrier",
    title: "effective barrier of the up state",
    unit: "kT",
    log: false,
    of: (row) => row.up?.barrier ?? null,
  },
  {
    id: "error",
    quantity: "notSwitched",
    name: "write error",
    title: "probability of not having switched",
    unit: "",
    log: true,
    of: (row) => row.notSwitched,
  },
];

/** The quantities that any row has, in the units of `time`. */
export const quantitiesOf = (rows: readonly RatesRow[], time: string): MapQuantity[] =>
  mapQuantities(time).filter(({ of }) => rows.some((row) => of(row) !== null));
