import type { Table, TableColumn } from "./table.ts";
import { unitsOfTable } from "./table.ts";

type Kind = "DOUBLE" | "BOOLEAN" | "STRING";

const kindOf = ({ values }: TableColumn): Kind => {
  const given = values.filter((value) => value !== null);
  if (given.every((value) => typeof value === "number")) return "DOUBLE";
  return given.every((value) => typeof value === "boolean") ? "BOOLEAN" : "STRING";
};

/** The table as Apache Parquet. The file's metadata hold the units of the columns as JSON under `units`. */
export async function parquetOf(table: Table, version: string): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map((column) => {
      const type = kindOf(column);
      const data =
        type === "STRING" ? column.values.map((v) => (v === null ? null : String(v))) : column.values;
      return { name: column.name, data: [...data], type };
    }),
    kvMetadata: [{ key: "units", value: JSON.stringify(unitsOfTable(table)) }],
    createdBy: `spinsemble ${version}`,
  });
  return new Uint8Array(buffer);
}
