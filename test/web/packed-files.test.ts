import { describe, expect, it } from "vitest";
import { readingOf } from "../../web/state/reading-of.ts";
import { packed, unpacked } from "../../web/workers/packed-files.ts";

const random = (bytes: number): Uint8Array<ArrayBuffer> => {
  const values = new Uint8Array(bytes);
  let state = 7;
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state >>> 24;
  }
  return values;
};

describe("data in a link", () => {
  it("are the files themselves where these are small, as letters that an address may hold", async () => {
    const bytes = random(5000);
    const found = await packed([new File([bytes], "a.npy"), new File(["x\n1\n"], "b.csv")], "table");
    expect(found?.isWhole).toBe(true);
    expect(found?.text).toMatch(/^[\w-]+$/);
    const files = unpacked(found?.text ?? "");
    expect(files.map(({ name }) => name)).toEqual(["a.npy", "b.csv"]);
    expect(new Uint8Array(await files[0].arrayBuffer())).toEqual(bytes);
    // the same data give the same link
    expect((await packed(files, "table"))?.text).toBe(found?.text);
  });

  it("are the table alone where the files are too large, and nothing where that is too", async () => {
    const large = new File([random(60_000)], "a.npy");
    const found = await packed([large], "tau_up\n1\n");
    expect(found?.isWhole).toBe(false);
    const [table] = unpacked(found?.text ?? "");
    expect([table.name, await table.text()]).toEqual(["dwell-times.csv", "tau_up\n1\n"]);
    expect(await packed([large], String.fromCharCode(...random(40_000)))).toBeNull();
  });

  it("say that they are damaged", () => {
    for (const text of ["", "abc", "no*letters"])
      expect(() => unpacked(text)).toThrow("the data of the link are cut or damaged");
  });

  it("come with how they are read; what makes no sense is left out", () => {
    const reading = { columns: ["A"], sampleTime: 1e-9, bandwidth: null, swept: "x.y", values: [1, 2] };
    expect(readingOf(JSON.stringify(reading))).toMatchObject(reading);
    expect(readingOf('{"columns":[1],"sampleTime":"x","bandwidth":"y","swept":3}')).toEqual({});
    for (const text of ["{", "null", "3", undefined]) expect(readingOf(text)).toEqual({});
  });
});
