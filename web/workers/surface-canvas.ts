import { colourOf } from "./colours.ts";
import type { Camera } from "./messages.ts";
import { cameraRows, sphereRadius } from "./picture.ts";

/** Pixels across the image: a map has fewer cells, and the canvas draws it larger, smoothly. */
const across = 420;

type Reader = (mx: number, my: number, mz: number) => number;

const table = Array.from({ length: 256 }, (_, i) => colourOf(i / 255));

/** The near half of the sphere in the colours of densities, left and right of the middle; null leaves a side empty. */
export function surfaceCanvas(camera: Camera, left: Reader | null, right: Reader | null): ImageData {
  const image = new ImageData(across, across);
  const [rightward, up, toward] = cameraRows(camera);
  const pixel = 2 / (across * sphereRadius);
  for (let row = 0; row < across; row++)
    for (let column = 0; column < across; column++) {
      const [x, y] = [(column + 0.5) * pixel - 1 / sphereRadius, 1 / sphereRadius - (row + 0.5) * pixel];
      const r = Math.hypot(x, y);
      const read = x > 0 ? right : left;
      if (!read || r > 1 + pixel) continue;
      const z = Math.sqrt(Math.max(0, 1 - r * r));
      const place = read(
        x * rightward[0] + y * up[0] + z * toward[0],
        x * rightward[1] + y * up[1] + z * toward[1],
        Math.max(-1, Math.min(1, x * rightward[2] + y * up[2] + z * toward[2])),
      );
      const cover = Math.max(0, Math.min(1, 0.5 + (1 - r) / pixel));
      const colour = table[Math.round(255 * Math.max(0, Math.min(1, place)))];
      const at = 4 * (row * across + column);
      for (let k = 0; k < 3; k++) image.data[at + k] = colour[k];
      image.data[at + 3] = 255 * cover;
    }
  return image;
}
