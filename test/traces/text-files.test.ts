import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { npy } from "../../src/cli/npz.ts";
import { inMemory } from "../../src/traces/readers/bytes.ts";
import type { OpenOptions } from "../../src/traces/readers/open.ts";
import { openTrace } from "../../src/traces/readers/open.ts";
import { collect } from "../../src/traces/stretches.ts";

const text = (content: string) => inMemory("scope.csv", new TextEncoder().encode(content));
async function read(source: ReturnType<typeof inMemory>, options: OpenOptions = {}, column = 0) {
  const file = await openTrace(source, options);
  const { values, sampleTime } = await collect(file.columns[column]);
  return { file, values: [...values], sampleTime };
}
const rows = (make: (i: number) => string, count = 20): string =>
  Array.from({ length: count }, (_, i) => make(i)).join("\n");
const value = (i: number): number => Math.round(1000 * Math.sin(i)) / 1000;
const wanted = Array.from({ length: 20 }, (_, i) => value(i));
const comma = (x: number): string => String(x).replace(".", ",");

describe("tables of text", () => {
  it.each([
    [
      "a comma, units in brackets",
      `Time (ns),CH1 (mV)\n${rows((i) => `${i * 0.5},${value(i)}`)}\n`,
      0.5e-9,
      "mV",
    ],
    [
      "a tab, blanks and Windows ends of line",
      `t/us\tU/V\n${rows((i) => `${i}\t ${value(i)}`)}\n`.replace(/\n/g, "\r\n"),
      1e-6,
      "V",
    ],
    [
      "a semicolon and decimal commas",
      `Zeit [ms];Kanal 1 [V]\n${rows((i) => `${comma(i * 0.25)};${comma(value(i))}`)}`,
      0.25e-3,
      "V",
    ],
    [
      "blanks, comments and no names",
      `# made by hand\n${rows((i) => `  ${(i * 1e-9).toExponential(6)}   ${value(i)}`)}`,
      1e-9,
      "",
    ],
    [
      "a line of units",
      `x-axis,1\nsecond,Volt\n${rows((i) => `${(i * 2e-10).toExponential(7)},${value(i)}`)}`,
      2e-10,
      "Volt",
    ],
    [
      "settings beside the first rows",
      `Record Length,20,,0.00,${value(0)},\nSample Interval,4e-6,,4e-6,${value(1)},\n${rows((i) => `,,,${((i + 2) * 4e-6).toExponential(5)},${value(i + 2)},`, 18)}`,
      4e-6,
      "",
    ],
    [
      "lines of settings before",
      `LECROYWS,12345,Waveform\nSegments,1,SegmentSize,20\nTime,Ampl\n${rows((i) => `${i * 1e-8},${value(i)}`)}`,
      1e-8,
      "",
    ],
  ])("with %s", async (_, content, step, unit) => {
    const { values, sampleTime, file } = await read(text(content));
    expect(values).toEqual(wanted);
    expect(sampleTime).toBeCloseTo(step, 20);
    expect(Math.abs((sampleTime as number) / step - 1)).toBeLessThan(1e-9);
    expect(file.columns).toHaveLength(1);
    expect(file.columns[0].unit).toBe(unit);
  });

  it("with several signals", async () => {
    const content = `time,CH1,CH2\n${rows((i) => `${i},${value(i)},${i % 3}`)}`;
    const { file, values } = await read(text(content), {}, 1);
    expect(file.columns.map(({ name }) => name)).toEqual(["CH1", "CH2"]);
    expect(values).toEqual(wanted.map((_, i) => i % 3));
  });

  it("with one column and no times", async () => {
    const { values, sampleTime } = await read(text(rows((i) => `${value(i)}`)));
    expect(values).toEqual(wanted);
    expect(sampleTime).toBeNull();
  });

  it.each([
    ["low byte first", true, "\ufeff"],
    ["high byte first", false, "\ufeff"],
    ["no mark at its start", true, ""],
  ])("in UTF-16, %s", async (_, little, mark) => {
    // longer than the piece that is read at once
    const content = `${mark}Zeit [µs]\tU [mV]\r\n${rows((i) => `${i}\t${i % 7}`, 100_000)}`;
    const view = new DataView(new ArrayBuffer(2 * content.length));
    for (let i = 0; i < content.length; i++) view.setUint16(2 * i, content.charCodeAt(i), little);
    const { values, sampleTime, file } = await read(inMemory("a.txt", new Uint8Array(view.buffer)));
    expect(values).toHaveLength(100_000);
    expect(values.every((x, i) => x === i % 7)).toBe(true);
    expect(Math.abs((sampleTime as number) / 1e-6 - 1)).toBeLessThan(1e-9);
    expect(file.columns).toMatchObject([{ name: "U", unit: "mV" }]);
  });

  it("longer than a piece of memory", async () => {
    const { values, sampleTime } = await read(text(`t,u\n${rows((i) => `${i * 1e-9},${i % 7}`, 300_000)}`));
    expect(values).toHaveLength(300_000);
    expect(values.every((x, i) => x === i % 7)).toBe(true);
    expect(Math.abs((sampleTime as number) / 1e-9 - 1)).toBeLessThan(1e-9);
  });
});

it("blank lines between the rows are passed over", async () => {
  const { values } = await read(text(`time,CH1\n\n${rows((i) => `${i},${value(i)}\n`)}`));
  expect(values).toEqual(wanted);
});

describe("bad tables say what is wrong and where", () => {
  const body = (special: (i: number) => string | undefined, count = 200): string =>
    `Time (ns),CH1\n${rows((i) => special(i) ?? `${i},${value(i)}`, count)}`;
  it.each([
    ["NaN", body((i) => (i === 100 ? `${i},NaN` : undefined)), /line 102: column CH1 is "NaN"/],
    ["a word", body((i) => (i === 100 ? `${i},over` : undefined)), /line 102: column CH1 is "over"/],
    [
      "an overload",
      body((i) => (i === 100 ? `${i},9.9E37` : undefined)),
      /line 102: column CH1 is "9.9E37", which instr/,
    ],
    ["a missing cell", body((i) => (i === 100 ? `${i}` : undefined)), /line 102: column CH1 is missing/],
    [
      "a gap",
      body((i) => (i >= 100 ? `${i + 30},0` : undefined)),
      /line 102: a gap in time from 9.9e-8 s to 1.3e-7 s, 31/,
    ],
    [
      "an early gap",
      body((i) => (i >= 20 ? `${i + 30},0` : undefined)),
      /line 22: a gap in time from 1.9e-8 s/,
    ],
    ["times that run backwards", body((i) => `${-i},0`), /line 3: times run backwards/],
    [
      "a step that is longer",
      body((i) => (i >= 100 ? `${i + 0.5},0` : undefined)),
      /line 102: times are not uniform/,
    ],
    [
      "time that runs back",
      body((i) => (i >= 100 ? `${i - 50},0` : undefined)),
      /line 102: time does not advance/,
    ],
    ["times with too few digits", body((i) => `${Math.floor(i / 10)},0`), /too few digits/],
    ["an unknown unit", body(() => undefined).replace("ns", "furlong"), /line 1: "furlong".*no unit of time/],
    ["no numbers", "hello\nworld\n", /no rows of numbers/],
    [
      "a comma that may be both",
      rows((i) => `${(i * 7) % 5},${i % 3}`),
      /line 1: "0,0" is one number with a decimal comma or/,
    ],
    [
      "decimal commas between columns that commas separate",
      `time,CH1\n${rows((i) => `0,${100 + i},1,${value(i)}`)}`,
      /line 2: 4 whole numbers stand under 2 names: decimal commas/,
    ],
    [
      "another delimiter half way",
      `time,CH1\n${rows((i) => (i < 10 ? `${i},${value(i)}` : `${i};${value(i)}`))}`,
      /line 12: columns are separated by ";" from here on, but by "," above/,
    ],
    ["times alone", `time\n${rows((i) => `${i}`)}`, /column of times and no other/],
  ])("%s", async (_, content, message) => {
    await expect(read(text(content))).rejects.toThrow(message);
  });
  it("a time between samples that is not that of the times", async () => {
    await expect(read(text(body(() => undefined)), { sampleTime: 1e-6 })).rejects.toThrow(
      /is its unit wrong/,
    );
  });
  it("a packed file, with the way to unpack it", async () => {
    const plain = new TextEncoder().encode(body(() => undefined));
    const [gz, zip] = [gzipSync(plain), zipSync({ "a.csv": plain })];
    await expect(read(inMemory("a.csv.gz", gz))).rejects.toThrow(
      "a.csv.gz is packed by gzip: unpack it first (gunzip a.csv.gz)",
    );
    // small enough to hold no zero byte in its head, and with another name
    await expect(read(inMemory("a.csv", gz.subarray(0, 3)))).rejects.toThrow(/packed by gzip/);
    await expect(read(inMemory("a.xlsx", zip))).rejects.toThrow(
      /packed by zip: .*; a table of Excel has to be saved as CSV/,
    );
  });
  it("an empty file and one of unknown bytes", async () => {
    await expect(read(inMemory("a.bin", new Uint8Array(0)))).rejects.toThrow(/a.bin is empty/);
    await expect(read(inMemory("a.bin", new Uint8Array(64)))).rejects.toThrow(
      /neither text nor one of the known formats/,
    );
  });
});

describe("NumPy", () => {
  it("of NumPy in folders have the times of their folder; what is no trace is passed over", async () => {
    const even = (step: number) => wanted.map((_, i) => i * step);
    const zip = zipSync({
      "a/times.npy": npy(even(1e-9), [20]),
      "a/m.npy": npy(new Array(120).fill(0), [2, 20, 3]),
      "a/signal.npy": npy([...wanted, ...wanted], [2, 20]),
      "b/time.npy": npy(wanted, [20]),
      "b/u.npy": npy(wanted, [20]),
    });
    const file = await openTrace(inMemory("r.npz", zip), {});
    const found = file.columns.map(({ name, sampleTime }) => [name, sampleTime]);
    expect(found.slice(0, 2).map(([name]) => name)).toEqual(["a/signal 1", "a/signal 2"]);
    for (const [, step] of found.slice(0, 2)) expect(step).toBeCloseTo(1e-9, 15);
    // times that are not uniform are no times
    expect(found.slice(2)).toEqual([
      ["b/time", null],
      ["b/u", null],
    ]);
    const matrix = zipSync({ "m.npy": npy(new Array(24).fill(0), [2, 4, 3]) });
    await expect(openTrace(inMemory("m.npz", matrix), {})).rejects.toThrow(/a vector or a matrix is needed/);
  });

  it("vectors and archives with times", async () => {
    expect((await read(inMemory("a.npy", npy(wanted, [20])))).values).toEqual(wanted);
    const times = wanted.map((_, i) => i * 1e-9);
    const zip = zipSync({ "t.npy": npy(times, [20]), "u.npy": npy(wanted, [20]) });
    const { values, sampleTime, file } = await read(inMemory("a.npz", zip));
    expect(file.columns.map(({ name }) => name)).toEqual(["u"]);
    expect(values).toEqual(wanted);
    expect(Math.abs((sampleTime as number) / 1e-9 - 1)).toBeLessThan(1e-9);
  });
  it("matrices either way round", async () => {
    const columns = npy(
      wanted.flatMap((x) => [x, -x]),
      [20, 2],
    );
    const lines = npy([...wanted, ...wanted.map((x) => -x)], [2, 20]);
    for (const bytes of [columns, lines]) {
      expect((await read(inMemory("a.npy", bytes), {}, 0)).values).toEqual(wanted);
      expect((await read(inMemory("a.npy", bytes), {}, 1)).values.map((x) => 0 - x)).toEqual(wanted);
    }
  });
  it("truncated and non-finite files are refused with the place", async () => {
    const bytes = npy(wanted, [20]);
    await expect(read(inMemory("a.npy", bytes.subarray(0, bytes.length - 3)))).rejects.toThrow(/truncated/);
    await expect(read(inMemory("a.npy", npy([1, 2, Number.NaN], [3])))).rejects.toThrow(
      /sample 2 of values .*NaN/,
    );
    await expect(read(inMemory("a.npz", zipSync({ "u.npy": bytes }).subarray(0, 60)))).rejects.toThrow(
      /zip archive/,
    );
  });
});

it("raw samples of either byte order, and a length that does not fit", async () => {
  const bytes = new Uint8Array(Int16Array.from([1, -2, 300]).buffer);
  expect((await read(inMemory("a.bin", bytes), { raw: "i2" })).values).toEqual([1, -2, 300]);
  expect((await read(inMemory("a.bin", bytes), { raw: ">i2" })).values).toEqual([256, -257, 11265]);
  await expect(read(inMemory("a.bin", bytes.subarray(1)), { raw: "i2" })).rejects.toThrow(/no whole number/);
});
