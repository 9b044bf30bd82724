import { perTime } from "../../src/figures/figure.ts";
import { element } from "../elements/element.ts";
import { withUnit } from "../values/number.ts";
import type { Board } from "./board.ts";
import type { Kind, View } from "./landscape-drawing.ts";
import { kinds, landscapeDrawing } from "./landscape-drawing.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";

const steps = 100;

/** A labelled switch. */
const switched = (word: string, on: boolean, change: (on: boolean) => void): HTMLElement =>
  element(
    "label",
    {},
    element("input", {
      type: "checkbox",
      checked: on,
      "data-switch": word,
      change: (event: Event) => change((event.target as HTMLInputElement).checked),
    }),
    ` ${word}`,
  );

/** Energy, the two potentials, the stationary density and its circulating current; with a drive, at a chosen time. */
export function landscapeTab(request: (time: number) => void): Tab {
  let chosen: Kind | undefined;
  let [current, poles, share] = [true, false, 0];
  let board: Board | undefined;
  // out of equilibrium, the density and its current show more than the energy
  const kindNow = (): Kind => chosen ?? (board?.experiment?.torques.length ? "density" : "energy");
  const timeNow = (): number => share * (board?.duration ?? 0);
  const choose = element(
    "div",
    { class: "choices", role: "group", "aria-label": "what is drawn" },
    ...kinds.map((entry) =>
      element(
        "button",
        {
          type: "button",
          title: entry.title,
          "data-kind": entry.kind,
          click: () => {
            chosen = entry.kind;
            draw();
          },
        },
        entry.name,
      ),
    ),
    switched("current", current, (on) => {
      current = on;
      draw();
    }),
    switched("poles", poles, (on) => {
      poles = on;
      draw();
    }),
  );
  const slider = element("input", { type: "range", id: "landscape-time", min: "0", max: steps, value: "0" });
  const output = element("output", { for: slider.id });
  const timed = element("label", { class: "speed", hidden: true }, "at ", slider, output);
  slider.addEventListener("input", () => {
    share = Number(slider.value) / steps;
    output.textContent = withUnit(timeNow(), board?.timeUnit ?? "s", 3);
  });
  slider.addEventListener("change", () => request(timeNow()));
  choose.append(timed);
  const panel = new PlotPanel("landscape", "Energy landscape", choose);
  panel.node.classList.add("wide");
  const draw = (): void => {
    const view: View = { kind: kindNow(), current, poles, rate: perTime(board?.timeUnit ?? "s") };
    const found = board?.landscape;
    for (const button of choose.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.kind === view.kind));
    timed.hidden = !found || found.time === null;
    output.textContent = withUnit(timeNow(), board?.timeUnit ?? "s", 3);
    panel.update((theme) => (found ? landscapeDrawing(found, theme, view) : "Being computed."), {
      of: [found, ...Object.values(view)],
    });
  };
  return {
    id: "landscape",
    title: "Landscape",
    node: element("div", { class: "panels" }, panel.node),
    update(given) {
      board = given;
      draw();
    },
    opened: () => request(timeNow()),
  };
}
