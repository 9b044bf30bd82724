import type { Figure } from "../figures/figure.ts";
import { inScheme } from "../figures/schemes.ts";
import { darkFigures, style } from "./style.ts";
import { escapeHtml } from "./text.ts";

/** JSON that may stand inside a script element. */
const embedded = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");

/**
 * Content security policy of a report: it may draw and run its own scripts. These carry a random number that the author
 * of a hostile name in an experiment cannot guess. No other script, inline handler or eval runs, and nothing is loaded
 * from elsewhere.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

const unguessable = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The place of a plot, which stays while plotly draws it anew in other colours. */
const heightOf = ({ layout: { height } }: Figure): string =>
  typeof height === "number" ? `height: ${height}px` : "";

/**
 * One self-contained HTML page: head and tail are HTML, with the figures between them. `plotly` is the text of plotly's
 * script, so that the page opens without a network.
 */
export function htmlPage(
  parts: { title: string; head: string; figures: readonly Figure[]; tail: string },
  plotly: string,
): string {
  const title = escapeHtml(parts.title);
  const nonce = unguessable();
  const figures = parts.figures.map(
    (figure, i) =>
      `<figure><figcaption><h2>${escapeHtml(figure.title)}</h2><p>${escapeHtml(figure.caption)}</p></figcaption><div id="plot${i}" class="plot" style="${heightOf(figure)}" role="group" aria-label="${escapeHtml(figure.title)}"></div></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · spinsemble</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${parts.head}
${figures.join("\n")}
${parts.tail}
</main>
<script nonce="${nonce}">${plotly.replace(/<\/script/gi, "<\\/script")}</script>
<script nonce="${nonce}">
const plots = ${embedded(parts.figures.map(({ data, layout }) => ({ data, layout })))};
const config = { responsive: true, displaylogo: false, showSendToCloud: false };
const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = new Map(${embedded(Object.entries(inScheme(darkFigures)))});
const surface = ${embedded(darkFigures.surface)};
const narrow = matchMedia("(max-width: 600px)");
// on a phone the names of a legend are small, and a remark has a line of its own
const placed = ({ data, layout }) => narrow.matches
  ? {
      data: data.map((trace) => trace.name ? { ...trace, name: trace.name.replace(" (out of", "<br>(out of") } : trace),
      layout: { ...layout, legend: { ...layout.legend, font: { size: 11 } } },
    }
  : { data, layout };
const inDark = (plot) => {
  const { data, layout } = JSON.parse(JSON.stringify(plot), (_, value) => colours.get(value) ?? value);
  return { data, layout: { ...layout, paper_bgcolor: surface, plot_bgcolor: surface } };
};
const draw = () => plots.forEach((plot, i) => {
  const { data, layout } = placed(dark.matches ? inDark(plot) : plot);
  Plotly.react("plot" + i, data, layout, config);
});
for (const query of [dark, narrow]) query.addEventListener("change", draw);
draw();
</script>
</body>
</html>
`;
}
