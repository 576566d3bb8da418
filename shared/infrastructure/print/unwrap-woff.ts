import { inflateSync } from "node:zlib";

const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;

/**
 * The font that a WOFF file holds, as it was before it was packed (WOFF File Format 1.0, §3-5). fontkit would unpack it, too, by
 * JavaScript, which takes a hundred times as long.
 */
export function unwrapWoff(woff: Buffer): Buffer {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF file");
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + count * 16);
  woff.copy(head, 0, 4, 8); // the flavour
  head.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  const tables: Buffer[] = [];
  let end = head.length;
  for (let at = 0; at < count; at += 1) {
    const entry = HEADER_BYTES + at * ENTRY_BYTES;
    const [offset, packed, length] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)];
    const bytes = woff.subarray(offset, offset + packed);
    woff.copy(head, 12 + at * 16, entry, entry + 4); // the table's name
    woff.copy(head, 12 + at * 16 + 4, entry + 16, entry + 20); // and checksum
    head.writeUInt32BE(end, 12 + at * 16 + 8);
    head.writeUInt32BE(length, 12 + at * 16 + 12);
    const table = Buffer.alloc(Math.ceil(length / 4) * 4);
    (packed < length ? inflateSync(bytes) : bytes).copy(table);
    tables.push(table);
    end += table.length;
  }
  return Buffer.concat([head, ...tables]);
}
