/** ASN.1 in its distinguished encoding (X.690), as far as a signature takes it. */

/** One value: a tag, and bytes or values inside. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes.length), bytes, content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
/** Its members in the order of their bytes (X.690, 11.6). */
export const setOf = (...parts: readonly Uint8Array[]) => tlv(0x31, ...parts.toSorted(Buffer.compare));
export const octets = (bytes: Uint8Array) => tlv(0x04, bytes);
export const integer = (value: number) => tlv(0x02, Buffer.of(value));
export const NULL = tlv(0x05);

/** An identifier as "1.2.840.113549.1.7.2". */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const low = value & 0x7f;
  const high = Math.floor(value / 128);
  return high === 0 ? [low] : [...base128(high).map((byte) => byte | 0x80), low];
}

/** RFC 5280, 4.1.2.5.1: years to 2049. */
export function utcTime(at: Date): Buffer {
  return tlv(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, "")}Z`, "latin1"));
}

/** The value that begins there: its tag, what is inside, all of its bytes, and what comes behind it. */
export function readTlv(bytes: Uint8Array): { tag: number; content: Buffer; whole: Buffer; rest: Buffer } {
  const from = Buffer.from(bytes);
  const short = from[1] ?? 0;
  const count = short < 0x80 ? 0 : short & 0x7f;
  const length = count === 0 ? short : from.readUIntBE(2, count);
  const start = 2 + count;
  return {
    tag: from[0] ?? 0,
    content: from.subarray(start, start + length),
    whole: from.subarray(0, start + length),
    rest: from.subarray(start + length),
  };
}
