import { describe, expect, test } from "vitest";
import { z } from "zod";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { magnetoresistance } from "../../src/transport/magnetoresistance.ts";
import { solveStack } from "../../src/transport/solve-stack.ts";
import { spinTorqueFromStack } from "../../src/transport/spin-torque.ts";
import { stackSchema } from "../../src/transport/stack-schema.ts";

const layer = { thickness: 1e-9, rhoStar: 6e-9, diffusionLength: 450e-9 };
const magnetLayer = { ...layer, asymmetry: 0.4 };
const metal = { rhoStar: 6e-9, diffusionLength: 450e-9 };
const leads = metal;

/** Each problem of a stack, as told. */
function problems(stack: unknown): string[] {
  try {
    solveStack(stack as never);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message.split("\n");
  }
  return [];
}

describe("a stack that breaks rules", () => {
  test("is refused with every problem at once, each with its path, rule and value", () => {
    expect(
      problems({
        layers: [
          { ...layer, thickness: -1 },
          { ...layer, asymmetry: 1.2, thickness: 0, colour: "red" },
        ],
        interfaces: [{ areaResistance: -0.5e-15, asymmetry: -1 }],
        leads,
        currentDensity: "much",
        law: "ohm",
      }),
    ).toEqual([
      "layers[0].thickness must be > 0, got -1",
      "layers[1].thickness must be > 0, got 0",
      "layers[1].asymmetry must be in (-1, 1), got 1.2",
      "layers[1].colour is not known",
      "interfaces[0].areaResistance must be >= 0, got -5e-16",
      "interfaces[0].asymmetry must be in (-1, 1), got -1",
      'currentDensity must be a finite number, got "much"',
      'law must be circuit or onsager, got "ohm"',
    ]);
  });

  test.each([
    [{ thickness: 1e-9, diffusionLength: 1e-8 }, "got none"],
    [{ ...layer, resistivity: 1e-8 }, "got resistivity and rhoStar"],
  ])("must give exactly one resistivity", (wrong, got) => {
    expect(problems({ layers: [wrong], leads })).toEqual([
      `layers[0] must have exactly one of resistivity, rhoStar, conductivity, meanConductivity, ${got}`,
    ]);
  });

  test.each<[string, object, string]>([
    [
      "a missing value",
      { layers: [{ ...layer, thickness: undefined }], leads },
      "layers[0].thickness must be > 0, got undefined",
    ],
    [
      "infinity",
      { layers: [{ ...layer, thickness: Infinity }], leads },
      "layers[0].thickness must be > 0, got Infinity",
    ],
    [
      "too many interfaces",
      { layers: [layer], interfaces: [{}], leads },
      "interfaces must have 2 entries (both ends included) or 0 (the inner planes), got 1",
    ],
    [
      "an asymmetry nothing carries",
      { layers: [layer], interfaces: [{ asymmetry: 0.5 }, {}], leads },
      "interfaces[0].asymmetry must be 0 between two metals without magnetization, got 0.5",
    ],
    [
      "an ambiguous interface",
      { layers: [magnetLayer, magnetLayer], interfaces: [{ asymmetry: 0.5 }], leads },
      "interfaces[0].magnet must be left or right if both neighbours are magnetic, got undefined",
    ],
    [
      "the wrong neighbour",
      { layers: [layer, magnetLayer], interfaces: [{ asymmetry: 0.5, magnet: "left" }], leads },
      'interfaces[0].magnet must name a neighbour that is magnetic, got "left"',
    ],
    [
      "one lead of two",
      { layers: [layer], leads: { left: metal } },
      "leads must have both left and right, or neither",
    ],
    [
      "a lead without material",
      { layers: [layer], leads: { rhoStar: 1e-8 } },
      "leads must have exactly one of diffusionLength, spinFlipCoefficient, got none",
    ],
    [
      "an ideal contact made of something",
      { layers: [layer], leads: { left: metal, right: { contact: "ideal", rhoStar: 1e-8 } } },
      "leads.right must have no material if its contact is ideal",
    ],
    [
      "nothing between contacts",
      { layers: [], leads: { contact: "ideal" } },
      "layers must have a layer if a contact is ideal",
    ],
    [
      "heat without conductivity",
      { layers: [layer], leads: { contact: "ideal" }, heat: { temperature: 300, heatCurrent: 1 } },
      "layers[0].thermalConductivity must be given if heat is given, got undefined",
    ],
    [
      "an unknown spacer",
      { layers: [layer], leads, spacer: "Cu" },
      'spacer must name one layer, found 0 of that name, got "Cu"',
    ],
    [
      "a free layer without magnetization",
      { layers: [{ ...layer, name: "a" }], leads, freeLayer: "a" },
      'freeLayer must be magnetic (an asymmetry or a magnetization), got "a"',
    ],
    [
      "a spacer with nothing behind it",
      {
        layers: [
          { ...layer, name: "a" },
          { ...magnetLayer, name: "b" },
        ],
        leads,
        spacer: "a",
        freeLayer: "b",
      },
      'spacer must have a magnetic layer, the polarizer, on its other side, got "a"',
    ],
    [
      "the paper's law without coefficients",
      { ...cobaltCopperCobalt, law: "onsager" },
      "onsagerCoefficients must be given if law is onsager, got undefined",
    ],
  ])("is told of %s", (_, stack, message) => {
    expect(problems(stack)).toEqual([message]);
  });
});

test("what a torque needs is asked for all at once", () => {
  const { spacer: _, mixingConductance: __, ...rest } = cobaltCopperCobalt;
  expect(() => spinTorqueFromStack(rest, { Ms: 1e6, alpha: 0.01 })).toThrow(
    "spacer must be given, got undefined\nmixingConductance must be given, got undefined",
  );
  expect(() =>
    spinTorqueFromStack({ ...cobaltCopperCobalt, currentDensity: NaN }, { Ms: -1, alpha: -2 }),
  ).toThrow(
    "currentDensity must be a finite number, got NaN\nMs must be > 0, got -1\nalpha must be >= 0, got -2",
  );
  expect(() => magnetoresistance(rest)).toThrow("spacer must be given");
});

test("a field beyond an ideal contact is refused", () => {
  const { accumulation } = solveStack({ layers: [layer], leads: { contact: "ideal" } });
  expect(accumulation(1e-9)).toBe(0);
  expect(() => accumulation(-1e-9)).toThrow("z must lie inside the stack: its left contact is ideal");
});

test("every number of the schema says its unit to editors", () => {
  const missing: string[] = [];
  const walk = (node: Record<string, unknown>, path: string): void => {
    if (node.type === "number" && !node.unit) missing.push(path);
    for (const [key, child] of Object.entries(node))
      if (child && typeof child === "object") walk(child as Record<string, unknown>, `${path}/${key}`);
  };
  walk(z.toJSONSchema(stackSchema, { io: "input" }) as Record<string, unknown>, "");
  expect(missing).toEqual([]);
});
