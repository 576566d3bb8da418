import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { extractProduct } from "./extract-product.ts";
import { MAX_PAGE_CHARACTERS } from "./page/parse-page.ts";
import { siteRules } from "./site-rules.ts";

/** More bytes of a file than a page may have characters are not read, nor unpacked: a bomb costs no more than a long page. */
const MAX_BYTES = 4 * (MAX_PAGE_CHARACTERS + 1);

/** The product of a saved page as JSON. args: the file, --url, and perhaps --content-type and --rules. Throws a sentence on what is wrong with them. */
export async function extractFile(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: "string" }, "content-type": { type: "string" }, rules: { type: "string" } },
  });
  const [file, ...more] = positionals;
  const url = URL.parse(values.url ?? "");
  if (!file || more.length > 0) throw new Error("name one file: extract FILE.html[.gz] --url URL");
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error("--url is missing, or is no http address: the page's own, as https://shop.example/product/7");
  const rules = values.rules === undefined ? {} : { rules: siteRules.parse(JSON.parse(await readFile(values.rules, "utf8"))) };
  return JSON.stringify(extractProduct(await readPage(file), url.href, { contentType: values["content-type"], ...rules }), null, 2);
}

/** Unpacks by what the bytes are, whatever the name says: a gzip stream begins with 1f 8b. */
async function readPage(file: string): Promise<Uint8Array> {
  const bytes = await upTo(MAX_BYTES, createReadStream(file, { end: MAX_BYTES }));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const gunzip = createGunzip();
  gunzip.end(bytes);
  try {
    return await upTo(MAX_BYTES, gunzip);
  } catch (error) {
    throw new Error(`${file} is not whole: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function upTo(most: number, stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break; // ends the stream, too
  }
  return Buffer.concat(chunks).subarray(0, most);
}
