/** Where the declaration of a page's encoding is looked for; browsers look through 1,024 bytes, and shops put it later. */
const PRESCAN_BYTES = 4096;
const BOMS: readonly [readonly number[], string][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xfe, 0xff], "utf-16be"],
  [[0xff, 0xfe], "utf-16le"],
];

type Decoder = InstanceType<typeof TextDecoder>;

/** The text of a page: by its BOM, else by the header's charset, else by its meta, else UTF-8 where it is that, else windows-1252. */
export function decodePage(bytes: Uint8Array, contentType: string | undefined): string {
  const bom = BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (bom) return new TextDecoder(bom[1]).decode(bytes);
  const declared = decoderFor(/charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? "")?.[1]) ?? decoderFor(metaCharset(bytes));
  const utf8 = decodeStrictly(bytes);
  // A declaration that names a single-byte encoding is doubted when the bytes are UTF-8 with something beyond ASCII in it: chance never does that.
  if (utf8 !== null && (!declared || isSingleByte(declared))) return utf8;
  return (declared ?? new TextDecoder("windows-1252")).decode(bytes);
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN_BYTES));
  const [, label] =
    /<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head) ?? /^<\?xml[^>]{0,200}?encoding=["']([\w:.-]+)/i.exec(head) ?? [];
  return label && /^utf-?16/i.test(label) ? "utf-8" : label; // HTML §13.2.3.2: a meta that could be read is not in UTF-16
}

function decoderFor(label: string | undefined): Decoder | undefined {
  try {
    return label ? new TextDecoder(label) : undefined;
  } catch {
    return undefined; // no encoding of that name: as if nothing were declared
  }
}

/** null: not UTF-8. One character cut off at the end is forgiven, as pages are cut. */
function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

const isSingleByte = ({ encoding }: Decoder) => /^(?:windows-|iso-8859|koi8|macintosh|ibm)/.test(encoding);
