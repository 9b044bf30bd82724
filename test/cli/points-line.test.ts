import { afterEach, expect, it, vi } from "vitest";
import { pointsLine } from "../../src/cli/points-line.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a stream was given. */
function listening(isTTY: boolean): { written: string[]; stream: Parameters<typeof pointsLine>[2] } {
  const written: string[] = [];
  const write = (text: unknown): boolean => written.push(String(text)) > 0;
  return { written, stream: { isTTY, write } };
}

it("a sweep says how many points are done and how long the others take, at the pace so far", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  const { written, stream } = listening(true);
  const line = pointsLine(8, "points", stream);
  line.show(0, 0.25);
  // two of eight in 10 s: six more take 30 s
  now.mockReturnValue(11_000);
  line.show(2, 0.5);
  now.mockReturnValue(41_000);
  line.show(8, 0);
  line.clear();
  expect(written.map((text) => text.replace("\r\x1b[K", ""))).toEqual([
    "0 of 8 points, present batch 25 %  ",
    "2 of 8 points, present batch 50 %  30 s left",
    "8 of 8 points  0 s left",
    "",
  ]);
  for (const text of written) expect(text.startsWith("\r\x1b[K")).toBe(true);
});

it("a sweep writes no such line where nobody sees it rewritten", () => {
  const { written, stream } = listening(false);
  const line = pointsLine(8, "points", stream);
  line.show(3, 0.5);
  line.clear();
  expect(written).toEqual([]);
});

it("a sweep's line never wraps, because a wrapped line could not be rewritten", () => {
  vi.spyOn(performance, "now").mockReturnValue(1000);
  const { written, stream } = listening(true);
  const line = pointsLine(8, "points", { ...stream, columns: 28 });
  line.show(2, 0.5);
  expect(written).toEqual(["\r\x1b[K2 of 8 points  0 s left"]);
});
