import { brightness, brightnessMap, largest } from "./colours.ts";
import { mapColumns, mapRows } from "./instruments.ts";
import type { Camera, Shading } from "./messages.ts";
import type { Picture } from "./picture.ts";

/** Keeps a picture up to date: draws at most once a frame, and only what has changed. */
export class Screen {
  #picture: Picture | undefined;
  #camera: Camera = { yaw: 0.7, pitch: 0.35 };
  #size = 0;
  #shading: Shading = "spins";
  #counts: Float64Array | null = null;
  /** Probabilities of the cells of the map. */
  #exact: Float64Array | null = null;
  #waiting = false;
  #drawn = 0;

  show(picture: Picture | undefined): void {
    this.#picture?.release();
    this.#picture = picture;
    this.#counts = this.#exact = null;
    picture?.shade(this.#shading);
    if (this.#size > 0) picture?.resize(this.#size);
    this.refresh();
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  setCamera(camera: Camera): void {
    this.#camera = camera;
    this.refresh();
  }

  shade(shading: Shading): void {
    this.#shading = shading;
    this.#picture?.shade(shading);
    this.refresh();
  }

  /** Counts of the cells of the map. */
  density(counts: Float64Array): void {
    this.#counts = counts;
    const all = counts.reduce((a, b) => a + b, 0);
    // side by side, both densities have the same scale
    const peak = this.#exact ? all * largest(this.#exact) : undefined;
    this.#picture?.brightness(brightnessMap(counts, mapRows, mapColumns, peak));
  }

  /** Probabilities of the cells of the map, or null if unknown. */
  setExact(probabilities: Float64Array | null): void {
    this.#exact = probabilities;
    const peak = probabilities ? largest(probabilities) : 1;
    this.#picture?.exact(probabilities && Float32Array.from(probabilities, (p) => brightness(p, peak)));
    if (this.#counts) this.density(this.#counts);
    this.refresh();
  }

  resize(size: number): void {
    this.#size = size;
    this.#picture?.resize(size);
    this.refresh();
  }

  refresh(): void {
    if (this.#waiting || !this.#picture) return;
    this.#waiting = true;
    const draw = () =>
      requestAnimationFrame(() => {
        this.#waiting = false;
        this.#drawn = performance.now();
        if (this.#size > 0) this.#picture?.draw(this.#camera);
      });
    const rest = this.#picture.drawEvery - (performance.now() - this.#drawn);
    if (rest > 5) setTimeout(draw, rest);
    else draw();
  }
}
