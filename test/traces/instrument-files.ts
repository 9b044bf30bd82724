/** Writers of instruments' binary files, from the published layouts, for the tests of their readers. */

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
export const joined = (...parts: Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
const put = (view: DataView, at: number, text: string): void =>
  ascii(text).forEach((byte, i) => view.setUint8(at + i, byte));

/** 16-bit samples of either byte order. */
function shorts(samples: readonly number[], little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * samples.length);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => view.setInt16(2 * i, sample, little));
  return bytes;
}

/** value = (sample − 10)·0.5 + 3, 4 ns apart, V. */
export function isf(samples: readonly number[], order: "MSB" | "LSB"): Uint8Array {
  const length = String(2 * samples.length);
  const head = `:WFMPRE:BYT_NR 2;BIT_NR 16;ENCDG BIN;BN_FMT RI;BYT_OR ${order};NR_PT ${samples.length};WFID "Ch1, DC coupling, 1.0E-2 V/div";PT_FMT Y;XINCR 4.0E-9;PT_OFF 0;XZERO 0.0;XUNIT "s";YMULT 5.0E-1;YZERO 3.0E0;YOFF 1.0E1;YUNIT "V";:CURVE #${length.length}${length}`;
  return joined(ascii(head), shorts(samples, order === "LSB"));
}

/** Version 3: value = sample·0.5 − 2, 0.2 ns apart, V; `pad` samples before and after the record. */
export function wfm(samples: readonly number[], little: boolean, pad = 3): Uint8Array {
  const head = new Uint8Array(838);
  const view = new DataView(head.buffer);
  const bytes = 2 * (samples.length + 2 * pad);
  view.setUint16(0, little ? 0x0f0f : 0xf0f0, false);
  put(view, 2, ":WFM#003");
  view.setUint8(15, 2);
  view.setUint32(16, 838, little);
  put(view, 40, "junction");
  for (const at of [114, 118]) view.setUint32(at, 1, little);
  view.setUint32(122, 2, little);
  view.setFloat64(168, 0.5, little);
  view.setFloat64(176, -2, little);
  put(view, 188, "V");
  view.setFloat64(488, 2e-10, little);
  view.setUint32(504, samples.length, little);
  put(view, 508, "s");
  [0, 2 * pad, bytes - 2 * pad, bytes, bytes].forEach((at, i) => view.setUint32(818 + 4 * i, at, little));
  const zeros = new Array<number>(pad).fill(77);
  return joined(head, shorts([...zeros, ...samples, ...zeros], little), new Uint8Array(8));
}

/** value = 0.25·sample − 1, 1 ns apart, V; with or without the header of a block. */
export function trc(samples: readonly number[], little: boolean, block: boolean, userText = 12): Uint8Array {
  const head = new Uint8Array(346);
  const view = new DataView(head.buffer);
  put(view, 0, "WAVEDESC");
  put(view, 16, "LECROY_2_3");
  view.setUint16(32, 1, little);
  view.setUint16(34, little ? 1 : 0, little);
  view.setInt32(36, 346, little);
  view.setInt32(40, userText, little);
  view.setInt32(60, 2 * samples.length, little);
  put(view, 76, "LECROYWR640");
  view.setInt32(116, samples.length, little);
  view.setInt32(144, 1, little);
  view.setFloat32(156, 0.25, little);
  view.setFloat32(160, 1, little);
  view.setFloat32(176, 1e-9, little);
  put(view, 196, "V");
  put(view, 244, "S");
  const body = joined(head, new Uint8Array(userText).fill(65), shorts(samples, little));
  return block ? joined(ascii(`#9${String(body.length).padStart(9, "0")}`), body) : body;
}

class Growing {
  private readonly parts: Uint8Array[] = [];
  whole(value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.parts.push(bytes);
    return this;
  }
  long(value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    this.parts.push(bytes);
    return this;
  }
  real(value: number): this {
    this.parts.push(new Uint8Array(Float64Array.of(value).buffer));
    return this;
  }
  text(value: string): this {
    this.whole(value.length);
    this.parts.push(ascii(value));
    return this;
  }
  get bytes(): Uint8Array {
    return joined(...this.parts);
  }
}

const segment = (toc: number, metadata: Uint8Array, data: Uint8Array): Uint8Array =>
  joined(
    ascii("TDSm"),
    new Growing()
      .whole(toc)
      .whole(4713)
      .long(metadata.length + data.length)
      .long(metadata.length).bytes,
    metadata,
    data,
  );

/**
 * Two channels of 16-bit samples, 5 ns apart: a segment with metadata, then one that is as before and holds two blocks.
 * The signal stands in the first channel, its negative in the second.
 */
export function tdms(samples: readonly number[], interleaved: boolean): Uint8Array {
  const third = samples.length / 3;
  const object = (path: string, metadata: Growing): void => {
    metadata.text(path).whole(20).whole(2).whole(1).long(third).whole(2);
    metadata.text("wf_increment").whole(10).real(5e-9).text("unit_string").whole(0x20).text("V");
  };
  const metadata = new Growing().whole(3).text("/").whole(0xffffffff).whole(0);
  object("/'run'/'signal'", metadata);
  object("/'run'/'it''s negative'", metadata);
  const block = (from: number): Uint8Array => {
    const part = samples.slice(from, from + third);
    const both = interleaved ? part.flatMap((x) => [x, -x]) : [...part, ...part.map((x) => -x)];
    return shorts(both, true);
  };
  const layout = interleaved ? 32 : 0;
  return joined(
    segment(2 | 4 | 8 | layout, metadata.bytes, block(0)),
    segment(8 | layout, new Uint8Array(0), joined(block(third), block(2 * third))),
  );
}

/** Level 5, one array of doubles for each name, uncompressed. */
export function matlab(
  arrays: Readonly<Record<string, readonly number[]>>,
  pack?: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const padded = (bytes: Uint8Array): Uint8Array =>
    joined(bytes, new Uint8Array((8 - (bytes.length % 8)) % 8));
  const element = (type: number, bytes: Uint8Array): Uint8Array =>
    joined(new Growing().whole(type).whole(bytes.length).bytes, padded(bytes));
  const head = new Uint8Array(128).fill(32);
  head.set(ascii("MATLAB 5.0 MAT-file, written by a test"));
  head.set([0, 1, 0x49, 0x4d], 124);
  const matrices = Object.entries(arrays).map(([name, values]) => {
    const content = joined(
      element(6, new Growing().whole(6).whole(0).bytes),
      element(5, new Growing().whole(values.length).whole(1).bytes),
      // a short name stands in the tag itself
      name.length <= 4
        ? joined(
            new Growing().whole((name.length << 16) | 1).bytes,
            joined(ascii(name), new Uint8Array(4 - name.length)),
          )
        : element(1, ascii(name)),
      element(9, new Uint8Array(Float64Array.from(values).buffer)),
    );
    const whole = element(14, content);
    if (!pack) return whole;
    const packed = pack(whole);
    return joined(new Growing().whole(15).whole(packed.length).bytes, packed);
  });
  return joined(head, ...matrices);
}
