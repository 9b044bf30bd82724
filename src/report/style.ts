import type { FigureScheme } from "../figures/schemes.ts";

/** Their names in the page's style sheet. */
type Scheme = Readonly<Record<(typeof names)[number], string>>;

const names = [
  "ground",
  "surface",
  "line",
  "ink",
  "ink-soft",
  "accent",
  "good",
  "good-ground",
  "bad",
  "bad-ground",
  "wait-ground",
  "warning-ground",
] as const;

const light: Scheme = {
  ground: "#f4f5f8",
  surface: "#ffffff",
  line: "#d9dde6",
  ink: "#161b26",
  "ink-soft": "#525c70",
  accent: "#1d4fa8",
  good: "#0b6b3a",
  "good-ground": "#e2f4e9",
  bad: "#a3271a",
  "bad-ground": "#fdeae7",
  "wait-ground": "#eceff6",
  "warning-ground": "#fff4d6",
};

const dark: Scheme = {
  ground: "#0d1119",
  surface: "#151b26",
  line: "#2b3546",
  ink: "#e9edf5",
  "ink-soft": "#a2aec3",
  accent: "#8fb8ff",
  good: "#6ee7a0",
  "good-ground": "#10301f",
  bad: "#ff9d8c",
  "bad-ground": "#3a1813",
  "wait-ground": "#1d2532",
  "warning-ground": "#352a10",
};

/** Colours of figures and their background on a dark screen. */
export const darkFigures: FigureScheme & { readonly surface: string } = {
  ink: dark.ink,
  soft: dark["ink-soft"],
  line: dark.line,
  surface: dark.surface,
  bar: "#5aa0e6",
  exact: "#ffb454",
  mx: "#ffb454",
  my: "#5fd3bc",
  mz: "#c3a6ff",
};

const named = (scheme: Scheme): string => names.map((name) => `--${name}: ${scheme[name]};`).join(" ");

/** Style sheet of the report, in the colours of the page, light or dark like the reader's screen. */
export const style = `
:root { color-scheme: light dark; ${named(light)} }
@media (prefers-color-scheme: dark) { :root { ${named(dark)} } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.7rem; margin: 0 0 12px; }
h2 { font-size: 1.15rem; margin: 0 0 4px; }
section, figure { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 18px 0 0; }
figcaption p { margin: 0 0 8px; color: var(--ink-soft); font-size: 0.92rem; }
.plot { width: 100%; }
.verdict { padding: 12px 16px; border-radius: 10px; font-weight: 600; margin: 0 0 8px; }
.verdict.passed { background: var(--good-ground); color: var(--good); }
.verdict.failed { background: var(--bad-ground); color: var(--bad); }
.verdict.none { background: var(--wait-ground); color: var(--ink); }
.warning { background: var(--warning-ground); border-radius: 8px; padding: 8px 12px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
th { color: var(--ink-soft); font-weight: 600; }
@media (max-width: 600px) {
  main { padding: 16px 8px 48px; }
  section, figure { padding: 12px; }
  table { font-size: 0.85rem; }
  th, td { padding-right: 8px; }
  .long { min-width: 8em; overflow-wrap: anywhere; }
  .stacked, .stacked tbody { display: block; }
  .stacked thead { position: absolute; clip-path: inset(50%); }
  .stacked tr { display: flex; flex-wrap: wrap; gap: 0 16px; padding: 6px 0; border-bottom: 1px solid var(--line); }
  .stacked td { padding: 1px 0; border: 0; min-width: 0; }
  .stacked td:first-child { flex: 1 0 100%; font-weight: 600; overflow-wrap: anywhere; }
  .stacked td[data-head]::before { content: attr(data-head) ": "; color: var(--ink-soft); }
}
a, summary { color: var(--accent); }
summary { cursor: pointer; padding: 8px 0; }
pre { overflow-x: auto; font-size: 0.85rem; margin: 8px 0 0; }
@media print { body { background: #fff; } section, figure { break-inside: avoid; } }
`;
