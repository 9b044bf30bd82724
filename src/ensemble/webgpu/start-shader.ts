import type { Expression } from "../../expression/expression.ts";
import { print } from "../../expression/print.ts";
import { purpose } from "../../random/streams.ts";
import type { Recipe, StartLaw } from "../initial/recipe.ts";
import { shaders } from "./shaders.gen.ts";
import { languageFor, type Target } from "./target.ts";
import { fill, indent } from "./template.ts";

/** Lines that set `m`; what they draw comes in the host's order. */
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
    "for (var i = 0u; i < span.tries; i++) {",
    "  let piece = patchOf(wordOf(stream));",
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
    "  if (chance < numberAt(5u, piece) - excessAt(m)) {",
    "    isLeft = patches[6u * span.patches + piece] == 0u;",
    "    break;",
    "  }",
    "}",
    "if (isLeft) { atomicStore(&left[1u + atomicAdd(&left[0], 1u)], place); }",
  ],
};

/** The compute shader that draws where spins begin, for the columns that a device can compute. */
export function startShader({ law, columns }: Recipe, target: Target): string {
  const language = languageFor(target);
  const drawn = columns.flatMap((column, i) => (typeof column === "function" ? [] : [{ column, i }]));
  const stored = print(
    drawn.map(({ column }): Expression => column),
    language,
  );
  const excess = law.kind === "bounded" ? print([law.excess], language) : { lines: [], outputs: ["0.0f"] };
  return (
    shaders.mathematics +
    shaders.random +
    fill(shaders.start, {
      purpose: `${purpose.initial}`,
      excess: indent([...excess.lines, `return ${excess.outputs[0]};`], 1),
      draw: indent(drawing[law.kind], 1),
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
