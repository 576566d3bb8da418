import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

/** A file of an archive. name: its path in there, of plain signs only. isPacked: what is small already, as pictures, is stored as it is. */
export interface ZippedFile {
  readonly name: string;
  readonly isPacked: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

interface Entry {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const MOST = 0xffff_ffff;
const [STORED, DEFLATED] = [0, 8];
/** Sizes and checksum stand behind the bytes; the name is UTF-8. */
const FLAGS = 0x0808;
const VERSION = 45;

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10) while its files come, of whatever length; one file is below 4 GiB. Nothing of it is held but
 * the list of its files. Throws where a file is longer.
 */
export async function* writeZip(files: AsyncIterable<ZippedFile>, at: Date): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  const [time, day] = dosTimeOf(at);
  let offset = 0;
  for await (const file of files) {
    const name = Buffer.from(file.name);
    const method = file.isPacked ? STORED : DEFLATED;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x0403_4b50, 0);
    for (const [place, value] of [VERSION, FLAGS, method, time, day].entries()) header.writeUInt16LE(value, 4 + 2 * place);
    header.writeUInt16LE(name.length, 26);
    yield Buffer.concat([header, name]);
    const summed = { crc: 0, size: 0 };
    let packed = 0;
    for await (const chunk of method === STORED ? summing(file.bytes, summed) : deflated(file.bytes, summed)) {
      packed += chunk.length;
      yield chunk;
    }
    if (Math.max(packed, summed.size) > MOST) throw new Error(`${file.name} is too long for an archive`);
    const after = Buffer.alloc(16);
    for (const [place, value] of [0x0807_4b50, summed.crc, packed, summed.size].entries()) after.writeUInt32LE(value, 4 * place);
    yield after;
    entries.push({ name, method, ...summed, packed, offset });
    offset += header.length + name.length + packed + after.length;
  }
  yield* directory(entries, offset, [time, day]);
}

/** Where each file begins; from 4 GiB on in 64 bits. */
function* directory(entries: readonly Entry[], begin: number, [time, day]: readonly [number, number]): Generator<Buffer> {
  let length = 0;
  for (const { name, method, crc, packed, size, offset } of entries) {
    const isFar = offset >= MOST;
    const extra = Buffer.alloc(isFar ? 12 : 0);
    if (isFar) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(8, 2);
      extra.writeBigUInt64LE(BigInt(offset), 4);
    }
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x0201_4b50, 0);
    for (const [place, value] of [VERSION, VERSION, FLAGS, method, time, day].entries()) header.writeUInt16LE(value, 4 + 2 * place);
    for (const [place, value] of [crc, packed, size].entries()) header.writeUInt32LE(value, 16 + 4 * place);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt16LE(extra.length, 30);
    header.writeUInt32LE(isFar ? MOST : offset, 42);
    const whole = Buffer.concat([header, name, extra]);
    length += whole.length;
    yield whole;
  }
  yield end(entries.length, begin, length);
}

function end(count: number, begin: number, length: number): Buffer {
  const far = Buffer.alloc(76);
  far.writeUInt32LE(0x0606_4b50, 0);
  far.writeBigUInt64LE(44n, 4);
  far.writeUInt16LE(VERSION, 12);
  far.writeUInt16LE(VERSION, 14);
  for (const [place, value] of [count, count, length, begin].entries()) far.writeBigUInt64LE(BigInt(value), 24 + 8 * place);
  far.writeUInt32LE(0x0706_4b50, 56);
  far.writeBigUInt64LE(BigInt(begin + length), 64);
  far.writeUInt32LE(1, 72);
  const near = Buffer.alloc(22);
  near.writeUInt32LE(0x0605_4b50, 0);
  for (const place of [8, 10]) near.writeUInt16LE(Math.min(count, 0xffff), place);
  near.writeUInt32LE(Math.min(length, MOST), 12);
  near.writeUInt32LE(Math.min(begin, MOST), 16);
  const isFar = count >= 0xffff || begin >= MOST || length >= MOST;
  return isFar ? Buffer.concat([far, near]) : near;
}

async function* summing(bytes: AsyncIterable<Uint8Array>, sum: { crc: number; size: number }): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    sum.crc = crc32(chunk, sum.crc);
    sum.size += chunk.length;
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }
}

async function* deflated(bytes: AsyncIterable<Uint8Array>, sum: { crc: number; size: number }): AsyncGenerator<Buffer> {
  const source = Readable.from(summing(bytes, sum), { objectMode: false });
  const deflate = createDeflateRaw();
  source.on("error", (error) => deflate.destroy(error));
  for await (const chunk of source.pipe(deflate)) yield chunk as Buffer; // of bytes
}

/** MS-DOS counts from 1980, in steps of two seconds. */
function dosTimeOf(at: Date): [number, number] {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return [time, ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()];
}
