import { TraceError } from "../../src/traces/trace-error.ts";

/* Replaces on the page the library that reads HDF5, which is as large as the whole page. */

/** First call of readers of HDF5. */
const library = {
  get ready(): Promise<never> {
    throw new TraceError(
      "HDF5 files, and MATLAB's save -v7.3, are read by the command line alone: spinsemble traces FILE. Saved as .npy, .csv or with -v7 they open here",
    );
  },
};

export default library;
