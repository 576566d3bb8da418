/** How a file's bytes were read. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/**
 * The text of a file: by its byte order mark, by the noughts that UTF-16 has between Latin letters, as UTF-8 where it is valid, else as
 * Windows-1252, which is ISO-8859-1 with more letters. null: it is no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } | null {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return text.includes("\u0000") ? null : { text, encoding };
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 1000);
  const noughts = (odd: number) => start.filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (bytes.length >= 2 && bytes.length % 2 === 0) {
    // a third of the places at least: letters above U+00FF have none
    if (noughts(1) * 6 > start.length && noughts(0) === 0) return "utf-16le";
    if (noughts(0) * 6 > start.length && noughts(1) === 0) return "utf-16be";
  }
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false; // the question that this asks
  }
}
