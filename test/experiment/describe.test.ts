import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  generalParameters,
  readoutParameters,
  timeParameters,
} from "../../src/experiment/experiment-parameters.ts";
import { initialSchema, readoutSchema, settingsShape, timeSchema } from "../../src/experiment/schema.ts";
import { integrators } from "../../src/integrators/index.ts";
import {
  catalogueInMarkdown,
  describeCatalogue,
  experimentJsonSchema,
} from "../../src/observables/experiment.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { initialStates } from "../../src/physics/initial/index.ts";
import { torques } from "../../src/physics/torques/index.ts";

describe("the catalogues describe themselves", () => {
  it("with every entry, and a meaning for every parameter", () => {
    const catalogues = describeCatalogue();
    const typesOf = (name: string) =>
      catalogues.find((one) => one.name === name)!.entries.map(({ type }) => type);
    expect(typesOf("energies")).toEqual(Object.keys(energies));
    expect(typesOf("torques")).toEqual(Object.keys(torques));
    expect(typesOf("integrators")).toEqual(Object.keys(integrators));
    expect(typesOf("initial")).toEqual(Object.keys(initialStates));
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

it("the keys outside the catalogues are those of the schema, each with its meaning", () => {
  const meanings = (parameters: object) =>
    Object.entries(parameters).map(([name, { meaning, unit }]) => [
      name,
      unit === "" ? meaning : `${meaning} (${unit})`,
    ]);
  const described = (shape: object) =>
    Object.entries(shape).map(([name, schema]) => [name, schema.description]);
  expect(described(timeSchema.shape)).toEqual(meanings(timeParameters));
  expect(described(readoutSchema.shape)).toEqual(meanings(readoutParameters));
  expect(described(settingsShape())).toEqual(expect.arrayContaining(meanings(generalParameters)));
  const starts = initialSchema().options.flatMap(({ shape }) =>
    "m" in shape ? [[shape.type.value, (shape.m as z.ZodType).description]] : [],
  );
  expect(starts).toEqual(
    Object.values(initialStates).flatMap(({ type, parameters }) =>
      "m" in parameters ? [[type, parameters.m.meaning]] : [],
    ),
  );
});

it("JSON Schema names the types and their units", () => {
  const text = JSON.stringify(experimentJsonSchema());
  for (const type of [...Object.keys(energies), ...Object.keys(torques)])
    expect(text).toContain(`"const":"${type}"`);
  expect(text).toContain("saturation magnetization (A/m)");
});
