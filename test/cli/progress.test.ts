import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";

/** A terminal 100 columns wide that keeps what is written. */
function terminal(): { stream: NodeJS.WriteStream; text(): string } {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY: true, columns: 100 }) as unknown as NodeJS.WriteStream,
    text: () => text,
  };
}

const at = (step: number) => ({ step, steps: 200, spinSteps: 10 * step, seconds: 3 });

it("a line of progress has no speed and no time left before the first step", () => {
  const { stream, text } = terminal();
  progressLine(stream).show(at(0));
  expect(text()).toContain("0 %");
  expect(text()).not.toMatch(/left|spin-steps/);
});

it("a line of progress has both from then on", () => {
  const { stream, text } = terminal();
  progressLine(stream).show(at(50));
  expect(text()).toMatch(/25 % {2}.* {2}9 s left/);
});
