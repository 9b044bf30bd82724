import { TraceError } from "../../src/traces/trace-error.ts";

/*
 * Stands on the page for the library that reads HDF5, which is as large as the whole page.
 */

/** What readers of HDF5 ask for first. */
const library = {
  get ready(): Promise<never> {
    throw new TraceError(
      "HDF5 files, and MATLAB's save -v7.3, are read by the command line alone: spinsemble traces FILE. Saved as .npy, .csv or with -v7 they open here",
    );
  },
};

export default library;
