import { colourOf } from "./colours.ts";
import { mapColumns, mapRows } from "./instruments.ts";
import { mapReader } from "./map-reader.ts";
import type { Shading } from "./messages.ts";
import type { Picture } from "./picture.ts";
import { cameraRows, sphereRadius } from "./picture.ts";
import { surfaceCanvas } from "./surface-canvas.ts";

/** Most spins that are read back and drawn. */
const mostPoints = 16_384;

const table = Array.from({ length: 256 }, (_, i) => colourOf(i / 255));

/** Pixels of a disc, and the covered share of each. */
function disc(radius: number): { dx: number; dy: number; cover: number }[] {
  const reach = Math.ceil(radius);
  const pixels: { dx: number; dy: number; cover: number }[] = [];
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const cover = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(dx, dy)));
      if (cover > 0.02) pixels.push({ dx, dy, cover });
    }
  return pixels;
}

/** An image over the whole canvas. */
function drawSurface(context: OffscreenCanvasRenderingContext2D, image: ImageData): void {
  const inner = new OffscreenCanvas(image.width, image.height);
  inner.getContext("2d")?.putImageData(image, 0, 0);
  context.drawImage(inner, 0, 0, context.canvas.width, context.canvas.height);
}

/** Draws samples of the state as small discs, the far half faint. */
export function pictureOnCanvas(canvas: OffscreenCanvas): Picture {
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D | null;
  if (!context) throw new Error("the canvas offers no drawing at all");
  let columns: readonly Float64Array[] = [];
  let densityAt = mapReader(new Float32Array(mapRows * mapColumns).fill(1));
  let exactAt: typeof densityAt | null = null;
  let shading: Shading = "spins";
  return {
    wants: mostPoints,
    drawEvery: 30,
    points(given) {
      columns = given;
    },
    brightness(given) {
      densityAt = mapReader(Float32Array.from(given));
    },
    exact(given) {
      exactAt = given && mapReader(Float32Array.from(given));
    },
    shade(given) {
      shading = given;
    },
    resize(size) {
      canvas.width = canvas.height = size;
    },
    draw(camera) {
      const size = canvas.width;
      context.clearRect(0, 0, size, size);
      if (shading !== "spins") {
        drawSurface(context, surfaceCanvas(camera, densityAt, shading === "halves" ? exactAt : densityAt));
        return;
      }
      if (columns.length < 3) return;
      const image = context.getImageData(0, 0, size, size);
      const { data } = image;
      const [right, up, toward] = cameraRows(camera);
      const [xs, ys, zs] = columns;
      const count = xs.length;
      // few spins are drawn larger, so that the overall brightness stays
      const spot = disc(Math.max(0.9, (count > 6000 ? 2 : count > 3000 ? 3.4 : 4.8) * (size / 900)));
      const radius = (sphereRadius * size) / 2;
      for (const near of [false, true]) {
        const alpha = near ? 0.7 : 0.16;
        for (let k = 0; k < count; k++) {
          const [x, y, z] = [xs[k], ys[k], zs[k]];
          const depth = toward[0] * x + toward[1] * y + toward[2] * z;
          if (depth >= 0 !== near) continue;
          const px = Math.round(size / 2 + radius * (right[0] * x + right[1] * y + right[2] * z));
          const py = Math.round(size / 2 - radius * (up[0] * x + up[1] * y + up[2] * z));
          const [r, g, b] = table[Math.round(255 * densityAt(x, y, z))];
          const light = 0.72 + 0.28 * Math.max(depth, 0);
          for (const { dx, dy, cover } of spot) {
            const at = 4 * ((py + dy) * size + px + dx);
            const own = alpha * cover;
            const below = (data[at + 3] / 255) * (1 - own);
            const above = own + below;
            data[at] = (r * light * own + data[at] * below) / above;
            data[at + 1] = (g * light * own + data[at + 1] * below) / above;
            data[at + 2] = (b * light * own + data[at + 2] * below) / above;
            data[at + 3] = 255 * above;
          }
        }
      }
      context.putImageData(image, 0, 0);
    },
    release() {},
  };
}
