import { crc32 } from "node:zlib";

/** The first day that a zip can name (APPNOTE 4.4.6): the same files give the same bytes. */
const DAY = 0x21;

/** Files by their names as a zip, stored as they are (APPNOTE 6.3.10). */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path, "utf8");
    const facts = factsOf(bytes, name);
    const body = Buffer.concat([Buffer.from("PK\x03\x04\x14\0", "latin1"), facts, name, bytes]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0\x14\0", "latin1"), facts, place, name]));
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  for (const at of [8, 10]) end.writeUInt16LE(files.size, at);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

/** What stands before the name in both headers: flags (names are UTF-8), method, time, day, checksum, sizes, lengths. */
function factsOf(bytes: Uint8Array, name: Buffer): Buffer {
  const facts = Buffer.alloc(24);
  facts.writeUInt16LE(0x0800, 0);
  facts.writeUInt16LE(DAY, 6);
  facts.writeUInt32LE(crc32(bytes), 8);
  for (const at of [12, 16]) facts.writeUInt32LE(bytes.length, at);
  facts.writeUInt16LE(name.length, 20);
  return facts;
}
