import { describe, expect, it } from "vitest";
import { initialKinds } from "../../src/experiment/choices.ts";
import { integrators } from "../../src/integrators/index.ts";
import {
  catalogueInMarkdown,
  describeCatalogue,
  experimentJsonSchema,
} from "../../src/observables/experiment.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { torques } from "../../src/physics/torques/index.ts";

describe("the catalogues describe themselves", () => {
  it("with every entry, and a meaning for every parameter", () => {
    const catalogues = describeCatalogue();
    const typesOf = (name: string) =>
      catalogues.find((one) => one.name === name)!.entries.map(({ type }) => type);
    expect(typesOf("energies")).toEqual(Object.keys(energies));
    expect(typesOf("torques")).toEqual(Object.keys(torques));
    expect(typesOf("integrators")).toEqual(Object.keys(integrators));
    expect(typesOf("initial")).toEqual(Object.keys(initialKinds));
    for (const { entries } of catalogues)
      for (const { type, title, parameters } of entries) {
        expect(title, type).not.toBe("");
        for (const { name, meaning } of parameters) expect(meaning, `${type}.${name}`).not.toBe("");
      }
  });
  it("as Markdown", () => {
    expect(catalogueInMarkdown()).toContain("| `Ku1` | scalar | J/m³ |");
  });
});

it("JSON Schema names the types and their units", () => {
  const text = JSON.stringify(experimentJsonSchema());
  for (const type of [...Object.keys(energies), ...Object.keys(torques)])
    expect(text).toContain(`"const":"${type}"`);
  expect(text).toContain("saturation magnetization (A/m)");
});
