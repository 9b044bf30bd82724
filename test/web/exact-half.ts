import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Viewpoint } from "../../web/presets/preset.ts";
import { colourOf, decades } from "../../web/workers/colours.ts";
import { mapRows } from "../../web/workers/instruments.ts";
import { cameraRows, sphereRadius } from "../../web/workers/picture.ts";

type Spot = readonly [number, number];

/** Places of the near half by row and column of the picture, from −1 to 1 over the radius; none near the rim or the middle. */
const spots: readonly Spot[] = [-0.7, -0.4, -0.1, 0.2, 0.5, 0.8].flatMap((y) =>
  [0.12, 0.3, 0.5].flatMap((x): Spot[] => [
    [x, y],
    [-x, y],
  ]),
);

/** mz at a place of the picture. */
function heightAt([x, y]: Spot, { azimuth, elevation }: Viewpoint): number {
  const degree = Math.PI / 180;
  const [right, up, toward] = cameraRows({ yaw: azimuth * degree, pitch: elevation * degree });
  return x * right[2] + y * up[2] + Math.sqrt(1 - x * x - y * y) * toward[2];
}

/** Colours of the sphere at places, without what is drawn over it. */
async function coloursAt(page: Page, places: readonly Spot[]): Promise<number[][]> {
  await page.$eval(".overlay", (node) => node.setAttribute("visibility", "hidden"));
  const picture = (await page.locator("#sphere").screenshot()).toString("base64");
  await page.$eval(".overlay", (node) => node.removeAttribute("visibility"));
  return page.evaluate(
    async ([data, at, radius]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      return at.map(([x, y]) => {
        const column = 0.5 * image.width * (1 + radius * x);
        const row = 0.5 * image.height * (1 - radius * y);
        return [...(context?.getImageData(Math.round(column), Math.round(row), 1, 1).data ?? [])].slice(0, 3);
      });
    },
    [picture, places, sphereRadius] as const,
  );
}

/** The place on the scale whose colour is nearest. */
function placeOf(colour: readonly number[]): number {
  const distance = (i: number) =>
    colourOf(i / 500).reduce((sum, value, k) => sum + (value - colour[k]) ** 2, 0);
  return Array.from({ length: 501 }, (_, i) => i).reduce((a, b) => (distance(b) < distance(a) ? b : a)) / 500;
}

/**
 * The sphere of a preset at rest in an axial well of so many kT, half of it exact: Boltzmann's law on the right as far as colours tell,
 * samples on the left, and lines where −Δ mz² is a multiple of what is said.
 */
export async function checkExactHalf(page: Page, from: Viewpoint, barrier: number): Promise<void> {
  await page.selectOption("#shading", "halves");
  await page.waitForFunction(() => document.querySelector(".overlay")?.textContent?.includes("exact at "));
  // a software adapter draws four times a second
  await page.waitForTimeout(700);
  const weight = (mz: number) => Math.exp(barrier * mz * mz);
  // the fullest cell of the map is the average over the last row
  const inner = Array.from({ length: 200 }, (_, i) => weight(1 - (2 / mapRows) * ((i + 0.5) / 200)));
  const peak = inner.reduce((a, b) => a + b) / inner.length;
  const colours = await coloursAt(page, spots);
  const off = spots.map((spot, i) => {
    const expected = 1 + Math.log10(weight(heightAt(spot, from)) / peak) / decades;
    return { right: spot[0] > 0, by: Math.abs(placeOf(colours[i]) - expected) };
  });
  const worst = (right: boolean) => Math.max(...off.filter((one) => one.right === right).map(({ by }) => by));
  expect(worst(true)).toBeLessThan(0.04);
  expect(worst(false)).toBeGreaterThan(0.05);
  expect(worst(false)).toBeLessThan(1);
  const every = Number(
    /^V every ([\d.]+) kT$/.exec((await page.textContent("#energy-lines-every")) ?? "")?.[1],
  );
  const path = (await page.getAttribute(".overlay .equal:not(.far)", "d")) ?? "";
  const levels = [...path.matchAll(/([\d.]+),([\d.]+)/g)].flatMap(([, x, y]) => {
    const spot = [(Number(x) - 200) / 200 / sphereRadius, (200 - Number(y)) / 200 / sphereRadius] as const;
    // at the rim a tenth of a pixel is much
    return Math.hypot(...spot) < 0.9 ? [(-barrier * heightAt(spot, from) ** 2) / every] : [];
  });
  expect(levels.length).toBeGreaterThan(100);
  expect(new Set(levels.map(Math.round)).size).toBeGreaterThan(5);
  expect(Math.max(...levels.map((level) => Math.abs(level - Math.round(level))))).toBeLessThan(0.08);
}
