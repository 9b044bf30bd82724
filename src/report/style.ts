/** Style sheet of the report. */
export const style = `
:root { color-scheme: light; }
body { margin: 0; background: #f4f5f7; color: #1c1c1e; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.7rem; margin: 0 0 12px; }
h2 { font-size: 1.15rem; margin: 0 0 4px; }
section, figure { background: #fff; border: 1px solid #dfe1e6; border-radius: 10px; padding: 18px 20px; margin: 18px 0 0; }
figcaption p { margin: 0 0 8px; color: #555; font-size: 0.92rem; }
.plot { width: 100%; }
.verdict { padding: 12px 16px; border-radius: 10px; font-weight: 600; margin: 0 0 8px; }
.verdict.passed { background: #dff3e4; color: #0b5427; }
.verdict.failed { background: #fde3e0; color: #8a1606; }
.verdict.none { background: #e8e8ea; color: #333; }
.warning { background: #fff4d6; border-radius: 8px; padding: 8px 12px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid #ececf0; vertical-align: top; font-variant-numeric: tabular-nums; }
th { color: #555; font-weight: 600; }
summary { cursor: pointer; padding: 8px 0; color: #0058a3; }
pre { overflow-x: auto; font-size: 0.85rem; margin: 8px 0 0; }
@media print { body { background: #fff; } section, figure { break-inside: avoid; } }
`;
