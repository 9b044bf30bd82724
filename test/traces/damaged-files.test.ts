import { expect, it } from "vitest";
import { inMemory } from "../../src/traces/readers/bytes.ts";
import { openTrace } from "../../src/traces/readers/open.ts";
import { collect } from "../../src/traces/stretches.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { Draw } from "../oracle/draw.ts";
import { isf, matlab, tdms, trc, wfm } from "./instrument-files.ts";

/* Files cut short, or with some bytes changed, mostly in the head: read as they are, or refused in words; nothing else. */

const samples = Array.from({ length: 240 }, (_, i) => Math.round(100 * Math.sin(i)));
const text = (of: string): Uint8Array => new TextEncoder().encode(of);

function npy(): Uint8Array {
  const head = `${"{'descr': '<f8', 'fortran_order': False, 'shape': (240,), }".padEnd(117)}\n`;
  const start = [0x93, ...text("NUMPY"), 1, 0, head.length, 0, ...text(head)];
  return Uint8Array.from([...start, ...new Uint8Array(Float64Array.from(samples).buffer)]);
}

const whole: Readonly<Record<string, Uint8Array>> = {
  "a.isf": isf(samples, "MSB"),
  "a.wfm": wfm(samples, true),
  "a.trc": trc(samples, true, false),
  "b.trc": trc(samples, false, true),
  "a.tdms": tdms(samples, false),
  "b.tdms": tdms(samples, true),
  "a.mat": matlab({ a: samples }),
  "a.npy": npy(),
  "a.csv": text(`Time (s),V\n${samples.map((value, i) => `${i * 1e-9},${value}`).join("\n")}`),
};

function damaged(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (draw.chance(0.25)) return bytes.slice(0, Math.floor(draw.next() * bytes.length));
  const of = bytes.slice();
  const reach = draw.chance(0.8) ? Math.min(of.length, 400) : of.length;
  for (let i = draw.pick([1, 1, 2, 5, 20]); i > 0; i--) {
    const at = Math.floor(draw.next() * reach);
    of[at] = draw.pick([0, 255, 127, 128, of[at] ^ (1 << Math.floor(8 * draw.next()))]);
  }
  return of;
}

it.each(Object.entries(whole))("%s, damaged, is read or refused with what is wrong", async (name, bytes) => {
  let [read, refused] = [0, 0];
  for (let seed = 1; seed <= 200; seed++)
    try {
      const { columns } = await openTrace(inMemory(name, damaged(bytes, new Draw(seed))));
      for (const column of columns) await collect(column);
      read++;
    } catch (error) {
      expect(error, `${seed}`).toBeInstanceOf(TraceError);
      expect((error as Error).message).toContain(name);
      refused++;
    }
  expect(Math.min(read, refused)).toBeGreaterThan(5);
});

it("a damaged HDF5 file is refused with the part of it that cannot be read", async () => {
  const { default: library } = await import("h5wasm");
  const { FS } = await library.ready;
  const file = new library.File("/whole.h5", "w");
  file.create_dataset({ name: "signal", data: Float64Array.from(samples) });
  file.close();
  const bytes = FS.readFile("/whole.h5") as Uint8Array;
  const refusals = new Set<string>();
  for (let seed = 1; seed <= 150; seed++)
    try {
      const { columns } = await openTrace(inMemory("a.h5", damaged(bytes, new Draw(seed))));
      for (const column of columns) await collect(column);
    } catch (error) {
      expect(error, `${seed}`).toBeInstanceOf(TraceError);
      refusals.add((error as Error).message.replace(/\d+ of the \d+/, "N of the M"));
    }
  const inWords =
    /^a\.h5: (the HDF5 file is truncated: it has N of the M bytes that its superblock states|the HDF5 file is damaged: (its superblock|its list of objects|object "signal"|data of "signal") cannot be read|sample \d+ of signal is .*|this is neither text nor one of the known formats: .*)$/;
  for (const refusal of refusals) expect(refusal).toMatch(inWords);
  expect(refusals.size).toBeGreaterThan(2);
});
