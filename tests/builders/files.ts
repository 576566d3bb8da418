import { crc32, deflateSync } from "node:zlib";

/** The beginning of a file of this kind, and enough after it to be one that is not looked into. */
export const FILES = {
  pdf: Buffer.from("%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"),
  mp3: Buffer.from([0xff, 0xfb, 0x90, 0x64, ...Array<number>(60).fill(0)]),
  ogg: Buffer.from("OggS\0\x02vorbis", "latin1"),
  m4a: Buffer.from("\0\0\0\x20ftypM4A \0\0\0\0", "latin1"),
  mp4: Buffer.from("\0\0\0\x20ftypisom\0\0\0\0", "latin1"),
  webm: Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "latin1"),
  heic: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"),
  svg: Buffer.from(`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
  html: Buffer.from("<!doctype html><script>alert(1)</script>"),
  utf16Svg: Buffer.from(`\ufeff<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "utf16le"),
  words: Buffer.from("A list of flours."),
};

/** A PNG whose header promises these sides; its few bytes of pixels are those of one black line (PNG specification §11). */
export function aPromisedPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit a pixel, grey
  const line = Buffer.alloc(1 + Math.ceil(width / 8));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(Array<Buffer>(Math.min(height, 1000)).fill(line)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
