/** One answer of ListObjectsV2: up to a thousand keys, and by what the next thousand are asked for. */
export interface ListPage {
  readonly objects: readonly { readonly key: string; readonly byteLength: number; readonly storedAt: Date }[];
  readonly next: string | null;
}

/**
 * Reads the XML of one page. What S3 says is flat and its texts hold no markup: so elements are found by their names alone. Throws on what is no such answer, as an empty list would be taken for an empty store.
 */
export function readListPage(xml: string): ListPage {
  if (!/<ListBucketResult[\s>]/.test(xml) || !xml.includes("</ListBucketResult>")) throw new Error("the bucket's list is not whole");
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, one = ""]) => ({
    key: textOf(one, "Key"),
    byteLength: Number(textOf(one, "Size")),
    storedAt: new Date(textOf(one, "LastModified")),
  }));
  const isCut = textOf(xml.replaceAll(/<Contents>.*?<\/Contents>/gs, ""), "IsTruncated") === "true";
  return { objects, next: isCut ? textOf(xml, "NextContinuationToken") : null };
}

const SIGNS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function textOf(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`the bucket's list lacks ${element}`);
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return SIGNS[name] ?? whole;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
