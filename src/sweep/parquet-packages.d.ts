/* Types of the used parts of the packages that write and, in tests, read Parquet. */

declare module "hyparquet-writer" {
  export function parquetWriteBuffer(options: {
    readonly columnData: readonly {
      readonly name: string;
      readonly data: unknown[];
      readonly type: string;
    }[];
    readonly kvMetadata?: readonly { readonly key: string; readonly value: string }[];
    readonly createdBy?: string;
  }): ArrayBuffer;
}

declare module "hyparquet" {
  export function parquetMetadata(file: ArrayBuffer): {
    readonly key_value_metadata?: readonly { readonly key: string; readonly value?: string }[];
  };
  export function parquetReadObjects(options: {
    readonly file: ArrayBuffer;
  }): Promise<Readonly<Record<string, unknown>>[]>;
}
