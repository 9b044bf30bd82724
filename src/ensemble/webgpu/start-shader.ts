import type { Expression } from "../../expression/expression.ts";
import type { Language } from "../../expression/print.ts";
import { print } from "../../expression/print.ts";
import { purpose } from "../../random/streams.ts";
import type { Recipe, StartLaw, StartVariate } from "../initial/recipe.ts";
import { startVariate } from "../initial/recipe.ts";
import { shaders } from "./shaders.gen.ts";
import { languageFor, type Target } from "./target.ts";
import { fill, indent } from "./template.ts";

/** Lines that set `m`; they draw in the host's order. */
const drawing: Readonly<Record<StartLaw["kind"], readonly string[]>> = {
  given: [],
  isotropic: [
    "let along = wordOf(stream);",
    "stream = sfc32(stream);",
    "let isUp = along >= 0x80000000u;",
    "let distance = 2.0f * uniformOf(select(along, ~along, isUp));",
    "m = direction(isUp, distance, 4.0f * uniformOf(wordOf(stream)));",
  ],
  bounded: [
    "var isLeft = true;",
    "let firstPatch = boxAt(0u, box);",
    "let patchCount = boxAt(1u, box);",
    "let reference = bitcast<vec3f>(vec3u(boxAt(2u, box), boxAt(3u, box), boxAt(4u, box)));",
    "for (var i = 0u; i < span.tries && patchCount > 0u; i++) {",
    "  let piece = patchOf(wordOf(stream), firstPatch, patchCount);",
    "  stream = sfc32(stream);",
    "  let width = numberAt(2u, piece);",
    "  let isUp = width > 0.0f;",
    "  let share = uniformOf(select(wordOf(stream), ~wordOf(stream), isUp));",
    "  stream = sfc32(stream);",
    "  let quarters = numberAt(3u, piece) + uniformOf(wordOf(stream)) * numberAt(4u, piece);",
    "  stream = sfc32(stream);",
    "  m = direction(isUp, numberAt(1u, piece) + share * abs(width), quarters);",
    "  let chance = accurateLog(uniformOf(wordOf(stream)));",
    "  stream = sfc32(stream);",
    "  if (chance < numberAt(5u, piece) - excessAt(m, reference/*values*/)) {",
    "    isLeft = patches[6u * span.patches + piece] == 0u;",
    "    break;",
    "  }",
    "}",
    "if (isLeft) { atomicStore(&left[1u + atomicAdd(&left[0], 1u)], place); }",
  ],
};

/** Name of a parameter in the shader; other names are unchanged. */
const renaming =
  ({ parameters }: Recipe) =>
  (name: string): string =>
    parameters.some((parameter) => parameter.name === name) ? `p_${name}` : name;

/** The standard variate of a spin's parameter, as shader text. */
function variateText({ number, isUniform, reach }: StartVariate, language: Language): string {
  const words = `philox4x32(vec4u(spin, ${number}u, 0u, 0u), vec2u(span.seed, ${purpose.parameters}u))`;
  return isUniform ? `uniformVariate(${words})` : `normalVariate(${words}, ${language.number(reach)})`;
}

/** Lines that draw the parameters of a spin and find the box with the bound for its direction. */
function parameterLines({ law, parameters }: Recipe, language: Language): string[] {
  const lines = parameters.flatMap(({ name, variate, value }, i) => {
    const rename = (of: string): string => (of === startVariate ? `variate_${name}` : of);
    const { lines, outputs } = print([value], language, { prefix: `w${i}_`, rename });
    return [
      ...(variate ? [`let variate_${name} = ${variateText(variate, language)};`] : []),
      ...lines,
      `let p_${name} = ${outputs[0]};`,
      `parameters[place + ${i}u * span.spins] = p_${name};`,
    ];
  });
  if (law.kind !== "bounded") return lines;
  const { varied, divisions } = law;
  const parts = varied.map((name, k) => {
    const reach = parameters.find((parameter) => parameter.name === name)?.variate?.reach ?? 1;
    const part = `partOf(variate_${name}, ${language.number(reach)}, ${divisions}u)`;
    return `${divisions ** k}u * ${part}`;
  });
  return [...lines, `let box = ${["0u", ...parts].join(" + ")};`];
}

/** The compute shader that draws the initial states, for the columns that a device can compute. */
export function startShader(recipe: Recipe, target: Target): string {
  const { law, columns, parameters } = recipe;
  const language = languageFor(target);
  const rename = renaming(recipe);
  const drawn = columns.flatMap((column, i) => (typeof column === "function" ? [] : [{ column, i }]));
  const stored = print(
    drawn.map(({ column }): Expression => column),
    language,
    { rename },
  );
  const excess =
    law.kind === "bounded" ? print([law.excess], language, { rename }) : { lines: [], outputs: ["0.0f"] };
  const values = parameters.map(({ name }) => `, p_${name}`).join("");
  return (
    shaders.mathematics +
    shaders.random +
    fill(shaders.start, {
      purpose: `${purpose.initial}`,
      parameters: indent(parameterLines(recipe, language), 1),
      arguments: parameters.map(({ name }) => `, p_${name}: f32`).join(""),
      excess: indent([...excess.lines, `return ${excess.outputs[0]};`], 1),
      draw: fill(indent(drawing[law.kind], 1), { values }),
      store: indent(
        [
          ...stored.lines,
          ...drawn.map(({ i }, k) => `state[place + ${i}u * span.spins] = ${stored.outputs[k]};`),
        ],
        1,
      ),
    })
  );
}
