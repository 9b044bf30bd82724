import { afterEach, expect, it, vi } from "vitest";
import { interrupts } from "../../src/cli/interrupts.ts";

afterEach(() => vi.restoreAllMocks());

it("a second signal of the same name at once is the same press of Ctrl-C; another name, or a later one, is not", () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  let now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const send = (name: NodeJS.Signals, at: number): void => {
    now = at;
    process.emit(name, name);
  };
  const first = interrupts(() => {});
  first.listen();
  send("SIGINT", 1000);
  send("SIGINT", 1001);
  expect(first.signal.aborted).toBe(true);
  expect(kill).not.toHaveBeenCalled();
  send("SIGTERM", 1002);
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, "SIGTERM");

  const second = interrupts(() => {});
  second.listen();
  send("SIGINT", 2000);
  send("SIGINT", 2200);
  expect(kill).toHaveBeenLastCalledWith(process.pid, "SIGINT");
  second.release();
});
