import type { Triple } from "../../src/figures/arrows.ts";
import { byId } from "../elements/element.ts";
import type { Viewpoint } from "../presets/preset.ts";
import type { Camera } from "../workers/messages.ts";
import { Overlay, onSphere, unproject } from "./overlay.ts";

export interface SphereEvents {
  /** The camera moved. */
  camera(camera: Camera): void;
  /** A shift-drag has pointed the field; `done` at the end of the drag. */
  field(direction: Triple, done: boolean): void;
  /** A spot was clicked. */
  startAt(direction: Triple): void;
  /** The picture has a new size in device pixels. */
  resize(size: number): void;
}

const radiansPerSecond = 0.22;
const keyStep = 0.12;

/** The rotating sphere: camera, pointer and keyboard. The simulation's worker draws the spins. */
export class SphereView {
  readonly overlay = new Overlay();
  /** Whether rotation is suspended. */
  asleep = false;
  #camera = { yaw: 0.75, pitch: 0.36 };
  #turning: boolean;
  #dragging = false;
  #framing = false;
  #last = 0;
  readonly #host = byId("sphere");
  readonly #events: SphereEvents;

  constructor(events: SphereEvents) {
    this.#events = events;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.#turning = !calm.matches;
    calm.addEventListener("change", () => {
      this.turning = !calm.matches;
    });
    this.#host.append(this.overlay.node);
    this.#listen();
    new ResizeObserver(() => this.#events.resize(this.pixels)).observe(this.#host);
    if (this.#turning) this.#wake();
  }

  get camera(): Camera {
    return this.#camera;
  }
  get turning(): boolean {
    return this.#turning;
  }
  set turning(on: boolean) {
    this.#turning = on;
    if (on) this.#wake();
    byId("turn").setAttribute("aria-pressed", String(on));
  }

  get pixels(): number {
    return Math.round(Math.min(1400, this.#host.clientWidth * Math.min(devicePixelRatio, 2)));
  }

  /** A new canvas, transferred to a worker; a canvas can never change its kind of context. */
  canvas(): OffscreenCanvas {
    this.#host.querySelector("canvas")?.remove();
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    this.#host.prepend(canvas);
    return canvas.transferControlToOffscreen();
  }

  /** Moves the camera to the viewpoint of a preset. */
  from({ azimuth, elevation }: Viewpoint): void {
    this.#turn((azimuth * Math.PI) / 180, (elevation * Math.PI) / 180);
  }

  redraw(): void {
    this.overlay.draw(this.#camera);
  }

  #turn(yaw: number, pitch: number): void {
    this.#camera = { yaw, pitch: Math.max(-1.5, Math.min(1.5, pitch)) };
    this.#events.camera(this.#camera);
    this.redraw();
  }

  /** Animation frames are requested only while it rotates. */
  #wake(): void {
    if (this.#framing) return;
    this.#framing = true;
    this.#last = performance.now();
    requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    const seconds = Math.max(0, Math.min(0.1, (now - this.#last) / 1000));
    this.#last = now;
    this.#framing = this.#turning;
    if (!this.#turning) return;
    if (!this.asleep && !this.#dragging && !document.hidden)
      this.#turn(this.#camera.yaw - radiansPerSecond * seconds, this.#camera.pitch);
    requestAnimationFrame((next) => this.#frame(next));
  }

  #place(event: PointerEvent): [number, number] {
    const box = this.#host.getBoundingClientRect();
    return [
      (2 * (event.clientX - box.left)) / box.width - 1,
      1 - (2 * (event.clientY - box.top)) / box.height,
    ];
  }

  #listen(): void {
    const host = this.#host;
    let from: { x: number; y: number; camera: Camera; pointing: boolean; moved: boolean } | null = null;
    host.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      host.setPointerCapture(event.pointerId);
      const [x, y] = this.#place(event);
      from = { x, y, camera: this.#camera, pointing: event.shiftKey, moved: false };
      this.#dragging = true;
      if (event.shiftKey) this.#events.field(onSphere(this.#camera, x, y), false);
    });
    host.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = this.#place(event);
      if (Math.hypot(x - from.x, y - from.y) > 0.015) from.moved = true;
      if (from.pointing) this.#events.field(onSphere(this.#camera, x, y), false);
      else if (from.moved)
        this.#turn(from.camera.yaw - 1.9 * (x - from.x), from.camera.pitch - 1.9 * (y - from.y));
    });
    const release = (event: PointerEvent): void => {
      if (!from) return;
      const [x, y] = this.#place(event);
      const spot = unproject(this.#camera, x, y);
      if (from.pointing) this.#events.field(onSphere(this.#camera, x, y), true);
      else if (!from.moved && spot && event.type === "pointerup") this.#events.startAt(spot);
      from = null;
      this.#dragging = false;
    };
    host.addEventListener("pointerup", release);
    host.addEventListener("pointercancel", release);
    host.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event: KeyboardEvent): void {
    const { yaw, pitch } = this.#camera;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [yaw + keyStep, pitch],
      ArrowRight: [yaw - keyStep, pitch],
      ArrowUp: [yaw, pitch + keyStep],
      ArrowDown: [yaw, pitch - keyStep],
    };
    const move = moves[event.key];
    const center = onSphere(this.#camera, 0, 0);
    if (move) this.#turn(...move);
    else if (event.key === "Enter") this.#events.startAt(center);
    else if (event.key === "f" || event.key === "F") this.#events.field(center, true);
    else return;
    event.preventDefault();
  }
}
