import { expect, it } from "vitest";
import { settingsOf, valuesByName } from "../../src/traces/settings-in-names.ts";

const files = (...names: string[]) => names.map((file) => ({ file, column: "v" }));

it("files of one name take the number from the folder in which they differ", () => {
  expect(settingsOf(files("runs/B=-10mT/a.npz", "runs/B=0T/a.npz"), undefined)).toEqual([-0.01, 0]);
  expect(settingsOf(files("B=1T/x/a.npz", "B=2T/x/a.npz"), undefined)).toEqual([1, 2]);
  expect(settingsOf(files("3/I=1.5mA.csv", "4/I=2mA.csv"), undefined)).toEqual([1.5e-3, 2e-3]);
  expect(() => settingsOf(files("a/x.csv", "b/x.csv"), undefined)).toThrow(/the names a, b/);
});

it("a table gives values to files, folders or columns by name", () => {
  const table = valuesByName("t.csv", "name;field (T)\n# comment\nfirst.csv;-1e-3\nsecond ; 0.5\n");
  expect(settingsOf(files("data/second.csv", "data/first.csv"), table)).toEqual([0.5, -1e-3]);
  const columns = [
    { file: "a.csv", column: "first" },
    { file: "a.csv", column: "second" },
  ];
  expect(() => settingsOf(columns, table)).toThrow("has no first; it has first.csv, second");
  expect(settingsOf(columns, valuesByName("t", "first 1\nsecond 2"))).toEqual([1, 2]);
  expect(settingsOf(files("1/a.csv", "2/a.csv"), valuesByName("t", "1\t7\n2\t8"))).toEqual([7, 8]);
  expect(() => valuesByName("t.csv", "a,1\nb,x")).toThrow(
    "t.csv: line 2 must be a name and a number, got b,x",
  );
  expect(() => valuesByName("t.csv", "a,1\na,2")).toThrow("t.csv: line 2: a is there already");
  expect(() => settingsOf(files("a.csv", "b.csv"), [1])).toThrow("must be 2 numbers");
});
