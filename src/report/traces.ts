import type { TraceSweep } from "../traces/sweep.ts";
import { fitHead } from "./fit.ts";
import type { TracesFit } from "./fit-figures.ts";
import { fitFigures } from "./fit-figures.ts";
import { htmlPage } from "./page.ts";
import type { ShownTrace } from "./shown-trace.ts";
import { sweepOfTracesFigures } from "./sweep-of-traces-figures.ts";
import { escapeHtml, table } from "./text.ts";
import { traceFigures } from "./trace-figures.ts";
import { traceColumns, traceRows } from "./trace-rows.ts";

function head(trace: ShownTrace): string {
  const warnings = trace.analysis.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("");
  return `<section><h2>${escapeHtml(`${trace.file}, ${trace.column}`)}</h2>${table(
    traceColumns,
    traceRows(trace),
  )}${warnings ? `<h3>Warnings</h3><ul>${warnings}</ul>` : ""}</section>`;
}

/** Traces, with their sweep and the model fitted to it, as one self-contained HTML page. */
export function tracesHtml(
  shown: {
    readonly traces: readonly ShownTrace[];
    readonly sweep?: TraceSweep | undefined;
    readonly swept?: string | undefined;
    readonly fit?: TracesFit | undefined;
  },
  plotly: string,
): string {
  const { traces, sweep, swept = "value", fit } = shown;
  const figures = [
    ...(sweep ? sweepOfTracesFigures(sweep, swept) : []),
    ...(fit ? fitFigures(fit) : []),
    ...traces.flatMap((trace) =>
      traceFigures(trace)
        .slice(0, traces.length > 4 ? 1 : undefined)
        .map((figure) =>
          traces.length > 1
            ? { ...figure, title: `${figure.title}: ${trace.file}, ${trace.column}` }
            : figure,
        ),
    ),
  ];
  const title = traces.length === 1 ? `Trace: ${traces[0].file}` : `${traces.length} traces`;
  const model = fit ? fitHead(fit) : "";
  return htmlPage({ title, head: `${model}${traces.map(head).join("\n")}`, figures, tail: "" }, plotly);
}
