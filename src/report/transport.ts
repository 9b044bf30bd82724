import { stackFigures, stackRows } from "../figures/stack.ts";
import type { TransportResult } from "../transport/transport-result.ts";
import { htmlPage } from "./page.ts";
import { table } from "./text.ts";

/** A solved stack as one self-contained HTML page. */
export function transportHtml(name: string, result: TransportResult, plotly: string): string {
  const head = `<section>${table(["quantity", "value"], stackRows(result))}</section>`;
  return htmlPage({ title: name, head, figures: stackFigures(result), tail: "" }, plotly);
}
