/** The numbers behind a plot, column by column. */
export type Table = Readonly<Record<string, ArrayLike<number>>>;
