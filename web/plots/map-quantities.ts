import { perTime } from "../../src/figures/figure.ts";
import type { RatesRow } from "../../src/run/rates.ts";
import { timeUp } from "../../src/run/time-up.ts";

/** What of a cell is shown. */
export interface MapQuantity {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly log: boolean;
  of(row: RatesRow): number | null;
}

const inverse = (rate: number | null | undefined): number | null => (rate ? 1 / rate : null);

/** How long a state lasts: by the thresholds of the experiment where it has any. */
const lasting = (side: "up" | "down", row: RatesRow): number | null =>
  (side === "up" ? row.dwellUp : row.dwellDown) ?? inverse(row[side]?.rate);

/** With the unit that times of the experiment have. */
const mapQuantities = (time: string): readonly MapQuantity[] => [
  {
    id: "up",
    name: "τ up",
    title: "mean time up",
    unit: time,
    log: true,
    of: (row) => lasting("up", row),
  },
  {
    id: "down",
    name: "τ down",
    title: "mean time down",
    unit: time,
    log: true,
    of: (row) => lasting("down", row),
  },
  { id: "occupation", name: "occupation", title: "share of time up", unit: "", log: false, of: timeUp },
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
    name: "write error",
    title: "probability of not having switched",
    unit: "",
    log: true,
    of: (row) => row.notSwitched,
  },
];

/** Those that any of the rows has, in the units of `time`. */
export const quantitiesOf = (rows: readonly RatesRow[], time: string): MapQuantity[] =>
  mapQuantities(time).filter(({ of }) => rows.some((row) => of(row) !== null));
