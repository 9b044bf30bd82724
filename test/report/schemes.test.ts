import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { colour, layout } from "../../src/figures/figure.ts";
import { inScheme } from "../../src/figures/schemes.ts";
import { htmlPage } from "../../src/report/page.ts";
import { darkFigures, style } from "../../src/report/style.ts";

/** Custom properties of a style sheet: of its light scheme and of its dark one. */
const schemesOf = (css: string): Record<string, string>[] =>
  [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) =>
    Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value])),
  );
const [light, dark] = schemesOf(style);
const page = schemesOf(readFileSync(new URL("../../web/style/tokens.css", import.meta.url), "utf8"));

/** Relative luminance of #rrggbb, and the contrast of two colours (WCAG 2.2). */
const luminance = (hex: string): number =>
  [1, 3, 5].reduce((sum, at, k) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    const linear = share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    return sum + [0.2126, 0.7152, 0.0722][k] * linear;
  }, 0);
const contrast = (a: string, b: string): number => {
  const [x, y] = [a, b].map((one) => luminance(one) + 0.05).sort((p, q) => q - p);
  return x / y;
};

it("reports have the page's colours in the light and in the dark", () => {
  for (const [own, its] of [
    [light, page[0]],
    [dark, page[1]],
  ]) {
    const { "warning-ground": _, ...shared } = own;
    expect(its).toMatchObject(shared);
  }
  const { ink, soft, line, surface, ...curves } = darkFigures;
  expect(page[1]).toMatchObject({ ink, "ink-soft": soft, line, surface });
  for (const [name, value] of Object.entries(curves)) expect(page[1][`plot-${name}`]).toBe(value);
});

it("the text of reports can be read on its ground in both, and curves be seen", () => {
  for (const { surface, ground, ink, ...scheme } of [light, dark]) {
    for (const text of [ink, scheme["ink-soft"], scheme.accent])
      for (const behind of [surface, ground]) expect(contrast(text, behind)).toBeGreaterThan(4.5);
    for (const state of ["good", "bad"])
      expect(contrast(scheme[state], scheme[`${state}-ground`])).toBeGreaterThan(4.5);
    for (const behind of ["wait-ground", "warning-ground"])
      expect(contrast(ink, scheme[behind])).toBeGreaterThan(4.5);
  }
  for (const name of ["ensemble", "exact", "third", "fourth", "fifth", "grey"] as const)
    expect(contrast(inScheme(darkFigures)[colour[name]], dark.surface)).toBeGreaterThan(3);
});

it("figures are drawn in the scheme of the screen, and again when it changes", () => {
  const data = [{ name: "ensemble", x: [1, 2], y: [0.5, null], line: { color: colour.ensemble } }];
  const figure = { title: "", caption: "", data, layout: layout("x", "y") as Record<string, unknown> };
  const html = htmlPage({ title: "", head: "", figures: [figure], tail: "" }, "");
  const script = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)][1][1];
  const drawn: { data: typeof data; layout: typeof figure.layout & { font: { color: string } } }[] = [];
  const screen = { matches: true, addEventListener: (_: string, then: () => void) => listeners.push(then) };
  const listeners: (() => void)[] = [];
  runInNewContext(script, {
    Plotly: { react: (_: string, data: never, layout: never) => drawn.push({ data, layout }) },
    matchMedia: () => screen,
  });
  screen.matches = false;
  for (const changed of listeners) changed();
  const [inTheDark, inTheLight] = JSON.parse(JSON.stringify(drawn));
  expect(inTheDark.data).toEqual([{ ...data[0], line: { color: darkFigures.bar } }]);
  expect(inTheDark.layout.paper_bgcolor).toBe(darkFigures.surface);
  expect(inTheDark.layout.font.color).toBe(darkFigures.ink);
  expect(inTheLight).toEqual(JSON.parse(JSON.stringify({ data, layout: figure.layout })));
});
