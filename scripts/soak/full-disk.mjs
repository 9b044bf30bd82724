/**
 * Simulates a full disk: loaded before a program, it lets no file grow beyond a kilobyte. For backends whose driver
 * keeps its memory in files, which a limit of the shell would affect as well.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const most = 1024;
/** @param {number} bytes */
const requireSpace = (bytes) => {
  if (bytes > most)
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};

const { open, writeFile } = fs.promises;
fs.promises.writeFile = async (path, data, ...rest) => {
  requireSpace(Buffer.byteLength(data));
  return writeFile(path, data, ...rest);
};
fs.promises.open = async (...words) => {
  const handle = await open(...words);
  let written = 0;
  for (const name of ["write", "writeFile"]) {
    const own = handle[name].bind(handle);
    handle[name] = async (data, ...rest) => {
      written += Buffer.byteLength(data);
      requireSpace(written);
      return own(data, ...rest);
    };
  }
  return handle;
};
syncBuiltinESMExports();
