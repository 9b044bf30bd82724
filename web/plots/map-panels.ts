import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import type { MapFilling } from "../state/map-filling.ts";
import type { Measured } from "../workers/measured.ts";
import { waiting } from "./drawing.ts";
import type { EnsemblesOver } from "./ensembles-over.ts";
import { nameOf } from "./figure-panels.ts";
import { cutDrawing, nearest } from "./map-cuts.ts";
import type { AxisWords } from "./map-drawing.ts";
import { disagreementDrawing, mapDrawing, seenCells } from "./map-drawing.ts";
import type { MapQuantity } from "./map-quantities.ts";
import { numberAt, runsLike } from "./measured.ts";
import type { PlotPanel } from "./panel.ts";

/** A map over two numbers and its panels. */
export interface MapParts {
  readonly filling: MapFilling;
  readonly over: Pick<EnsemblesOver, "cells" | "done" | "running">;
  readonly paths: readonly [string, string];
  readonly words: readonly [AxisWords, AxisWords];
  run(settings: Readonly<Record<string, number>>): void;
  panel(key: string, title: string, clicked: (x: number, y: number) => void): PlotPanel;
}

/** Ensembles, runs and data of this visit, drawn over the exact figures. */
export interface OfVisit {
  readonly experiment: CompletedExperiment | null;
  readonly runs: readonly Measured[];
  readonly data: readonly Measurement[];
}

/**
 * One quantity over two numbers: the map, the differences of the ensembles from it, and the two lines of cells through
 * the experiment. Returns the keys of the panels.
 */
export function mapPanels(
  { filling, over, paths, words, run, panel }: MapParts,
  quantity: MapQuantity | undefined,
  { experiment, runs, data }: OfVisit,
): Set<string> {
  const [xPath, yPath] = paths;
  const { xs, ys, cells, done, filling: moving } = filling;
  const place = [numberAt(experiment, xPath), numberAt(experiment, yPath)] as const;
  const here = place[0] === null || place[1] === null ? null : ([place[0], place[1]] as const);
  const of = [cells, done, quantity?.id, over.done, ...place];
  const clicked = (x: number, y: number): void => run({ [xPath]: x, [yPath]: y });
  const seen = quantity ? seenCells(over, quantity) : [];
  const marks = { here, seen };
  panel("map-of-two", "Exact map", clicked).update(
    (theme) =>
      quantity
        ? mapDrawing(filling, quantity, words, marks, theme)
        : waiting("The first cells are being computed."),
    { moving, of },
  );
  const shown = new Set(["map-of-two"]);
  if (!quantity || !experiment) return shown;
  const isBusy = moving || over.running;
  const like = runsLike(runs, experiment, paths);
  const cuts = [
    { alongX: true, at: nearest(ys, place[1]) },
    { alongX: false, at: nearest(xs, place[0]) },
  ];
  for (const [k, cut] of cuts.entries()) {
    const key = `cut-${nameOf(words[k].name)}`;
    shown.add(key);
    const along = panel(key, `Along ${words[k].name}`, (value) =>
      clicked(...(cut.alongX ? ([value, ys[cut.at]] as const) : ([xs[cut.at], value] as const))),
    );
    along.update(
      (theme) => cutDrawing(filling, quantity, cut, words, { seen, runs: like, data, experiment }, theme),
      { moving: isBusy, of: [...of, like.length, data, cut.at] },
    );
  }
  if (seen.some((figure) => figure !== null && figure.off !== null)) {
    shown.add("disagreement");
    panel("disagreement", "Ensembles against the exact map", clicked).update(
      (theme) => disagreementDrawing(filling, quantity, words, marks, theme),
      { moving: isBusy, of },
    );
  }
  return shown;
}
