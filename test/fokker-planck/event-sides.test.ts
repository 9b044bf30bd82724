import { expect, it } from "vitest";
import { meridianCells } from "../../src/fokker-planck/cell-chain.ts";
import { wellLeftInto } from "../../src/fokker-planck/event-sides.ts";

/** Two wells of a uniaxial magnet with a field along it, and the event about its saddle. */
function wells(delta: number, field: number) {
  const cells = meridianCells([-1, 1], 600);
  const heights = Array.from(cells.centers, (z) => -delta * (z * z + 2 * field * z));
  const inside = Array.from(cells.centers, (z) => Math.abs(z + field) < 0.05);
  return wellLeftInto(cells, heights, inside, undefined);
}

it.each([20, 900])("equal sides of an event have one rate at %d kT", (delta) => {
  const found = wells(delta, 0);
  expect(found && "climb" in found && found.climb / delta).toBeCloseTo(1 - 0.05 ** 2, 2);
});

it.each([
  // ln of the rates' ratio is 4 Δh, but for the factors before the exponentials
  [20, 0.1, /a factor of 2\.\de\+3: /],
  [900, 0.001, /a factor of \d\d: /],
  [900, 0.3, /a factor of \d\.\de\+46\d: /],
])(
  "unequal sides are refused with the factor between their rates, %d kT in %d of B_K",
  (delta, field, reason) => {
    const found = wells(delta, field);
    expect(found && "reason" in found && found.reason).toMatch(reason);
  },
);
