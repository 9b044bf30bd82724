const size = 12;
const family = "system-ui, sans-serif";

/** Pieces of a text in plotly's notation, each with its subscript shift. */
function pieces(text: string): { words: string; low: boolean }[] {
  return text
    .split(/(<sub>.*?<\/sub>)/)
    .filter((part) => part !== "")
    .map((part) => ({ words: part.replace(/<\/?\w+>/g, ""), low: part.startsWith("<sub>") }));
}

const fontOf = (pixels: number, low: boolean): string => `${low ? 0.7 * pixels : pixels}px ${family}`;

export function widthOf(context: CanvasRenderingContext2D, text: string, pixels = size): number {
  let width = 0;
  for (const { words, low } of pieces(text)) {
    context.font = fontOf(pixels, low);
    width += context.measureText(words).width;
  }
  return width;
}

/** Writes a text that may contain <sub>, with its middle, left or right end at x. */
export function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: "left" | "center" | "right" = "left",
  pixels = size,
): void {
  context.textAlign = "left";
  context.textBaseline = "middle";
  let at = x - { left: 0, center: 0.5, right: 1 }[align] * widthOf(context, text, pixels);
  for (const { words, low } of pieces(text)) {
    context.font = fontOf(pixels, low);
    context.fillText(words, at, y + (low ? 0.28 * pixels : 0));
    at += context.measureText(words).width;
  }
}
