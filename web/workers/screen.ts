import type { Camera } from "./messages.ts";
import type { Picture } from "./picture.ts";

/** Keeps a picture up to date: draws at most once a frame, and only what has changed. */
export class Screen {
  #picture: Picture | undefined;
  #camera: Camera = { yaw: 0.7, pitch: 0.35 };
  #size = 0;
  #waiting = false;
  #drawn = 0;

  show(picture: Picture | undefined): void {
    this.#picture?.release();
    this.#picture = picture;
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
