import type { KnownPage, PageOutcome, RunInHand, RunProgress, WaitingPage } from "@rose-ash/shared/contracts/crawling.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { HostQueue } from "@rose-ash/shared/infrastructure/manners/index.ts";
import type { EntryKind } from "@rose-ash/shared/models/scraping.ts";
import { decodePage } from "../page/charset.ts";
import { parsePage } from "../page/parse-page.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { kindOf } from "./addresses.ts";
import { type Fetched, fetchPage } from "./fetch-page.ts";
import { isChallenge } from "./is-challenge.ts";
import { type Links, linksIn } from "./links-in.ts";
import type { RunParts } from "./parts.ts";
import { extractorVersionOf, type ReadProduct, readProductPage } from "./product-on-page.ts";
import { recordProduct } from "./record-product.ts";

/** What a visit says about the host. fine: it answers as it should; no other trouble is counted. waitMs: for how long it wants to be left alone, where it says so. */
export type Visited =
  | { readonly kind: "fine" }
  | {
      readonly kind: "trouble";
      readonly entry: EntryKind;
      readonly words: string;
      readonly isHostWide: boolean;
      readonly waitMs: number | null;
    };

/** What a page came to. write: writes all of it down, in one transaction; once. */
export interface Seen {
  readonly visited: Visited;
  readonly write: () => Promise<void>;
}

const FINE: Visited = { kind: "fine" };
/** How often a page is tried. */
const MOST_ATTEMPTS = 3;

/** A page in hand. */
interface Visit {
  readonly hand: RunInHand;
  readonly page: WaitingPage;
  readonly known: KnownPage | null;
  readonly parts: RunParts;
  readonly seconds: () => number;
}

/** seconds: how long a page in trouble waits, asked when it is. */
export interface Looking {
  readonly queue: HostQueue;
  readonly parts: RunParts;
  readonly seconds: () => number;
}

/** The bytes of a page, and where and how they came. isSame: they are those that were kept. */
interface Held {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly url: URL;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly isSame: boolean;
  readonly status: number;
  readonly wireBytes: number;
}

/** Fetches a page of a run and reads it. All that is slow is done when it says what came of it; only the writing is left. */
export async function lookAt(hand: RunInHand, page: WaitingPage, { queue, parts, seconds }: Looking): Promise<Seen> {
  const known = await parts.services.crawling.findKnown(hand.supplierId, page.url);
  const fetched = await fetchPage(page.url, known, queue, parts.supplier);
  const one: Visit = { hand, page, known, parts, seconds };
  if (fetched.kind !== "page" && fetched.kind !== "unchanged") return refusedOf(one, fetched);
  const held = await hold(one, fetched);
  if (held === null)
    return refusedOf(one, { kind: "passing", entry: "unreachable", words: "What was kept of it is gone.", status: 304, bytes: 0 });
  return page.kind === "listing" ? lookAtListing(one, held) : lookAtProduct(one, held);
}

/** Something of ours fell over on the page: it is tried again like one that failed by itself, and the run goes on. */
export function lookAtFault(hand: RunInHand, page: WaitingPage, { parts, seconds }: Omit<Looking, "queue">): Seen {
  const refused = { kind: "passing", entry: "fault", words: "A fault of ours; the log has it.", status: null, bytes: 0 } as const;
  return { ...refusedOf({ hand, page, known: null, parts, seconds }, refused), visited: FINE };
}

async function hold({ page, known, parts }: Visit, fetched: Extract<Fetched, { kind: "page" | "unchanged" }>): Promise<Held | null> {
  if (fetched.kind === "page") {
    const { answer, url } = fetched;
    const { etag = null, "last-modified": lastModified = null, "content-type": contentType = "" } = answer.headers;
    return { bytes: answer.body, contentType, url, etag, lastModified, isSame: false, status: answer.status, wireBytes: answer.wireBytes };
  }
  const kept = known && (await parts.services.crawling.getSnapshot(known.snapshot));
  const { etag = null, lastModified = null } = known ?? {};
  return kept && { ...kept, url: new URL(page.url), etag, lastModified, isSame: true, status: 304, wireBytes: fetched.bytes };
}

function lookAtListing(one: Visit, held: Held): Seen {
  const { supplier, transaction, services } = one.parts;
  const { crawling } = services;
  const html = decodePage(held.bytes, held.contentType);
  const parsed = parsePage(html, held.url.href);
  const links = linksIn(parsed, supplier);
  if (isChallenge(parsed, html, links.products.length + links.listings.length > 1)) return refusedOf(one, captcha(held));
  const write = async () => {
    const room = roomOf(await crawling.getProgress(one.hand.runId), supplier);
    await transaction(async (tx) => {
      await addLinks(tx, one, links, room);
      await settleHeld(tx, one, held, 0);
    });
  };
  return { visited: FINE, write };
}

/** Lists what a listing names. Where too many in a row named no product that was new, nothing further is followed from there. */
async function addLinks(tx: Tx, { hand, page, parts }: Visit, { products, listings }: Links, { room, isListFull }: Room): Promise<void> {
  const { crawling, scraping } = parts.services;
  const depth = page.depth + 1;
  const found = await crawling.addPages(
    tx,
    hand,
    products.slice(0, room).map((url) => ({ url, kind: "product", depth, barren: 0 })),
  );
  const barren = found > 0 ? 0 : page.barren + 1;
  const further = isListFull ? [] : listings.filter((url) => url !== page.url);
  if (barren < parts.supplier.limits.barrenListings) {
    await crawling.addPages(
      tx,
      hand,
      further.map((url) => ({ url, kind: "listing", depth, barren })),
    );
  } else if (further.length > 0) {
    const words = `${barren} lists in a row named no product that was new: what follows is left.`;
    await scraping.note(tx, hand.runId, { kind: "endless-pagination", url: page.url, words });
  }
}

/** room: how many products more are listed. isListFull: no further lists are followed. */
interface Room {
  readonly room: number;
  readonly isListFull: boolean;
}

/** More than a run may fetch is not listed. Pages are written down one after another: nothing else is listed meanwhile. */
function roomOf({ counts, listings }: RunProgress, { limits }: SupplierConfig): Room {
  const room = Math.max(0, limits.pages - counts.listed);
  return { room, isListFull: room === 0 || listings >= limits.listings };
}

function lookAtProduct(one: Visit, held: Held): Seen {
  const { known, parts } = one;
  const isReadAlready = held.isSame && known?.extractorVersion === extractorVersionOf(parts.supplier);
  return isReadAlready ? { visited: FINE, write: () => writeUnchanged(one, held) } : readAnew(one, held);
}

/** What was read from it before still stands; where that is gone, it is read again. */
async function writeUnchanged(one: Visit, held: Held): Promise<void> {
  const { hand, page, parts } = one;
  const isDone = await parts.transaction(async (tx) => {
    const products = await parts.services.crawling.recordUnchanged(tx, hand, page.url);
    if (products > 0) await settleHeld(tx, one, held, products);
    return products > 0;
  });
  if (!isDone) await readAnew(one, held).write();
}

function readAnew(one: Visit, held: Held): Seen {
  const { hand, page, parts } = one;
  if (isElsewhere(held.url, page, parts.supplier)) {
    const words = `It leads to ${held.url.href}, which is no product's page.`;
    return refusedOf(one, { kind: "lasting", entry: "gone", words, status: held.status, bytes: held.wireBytes });
  }
  const read: ReadProduct = readProductPage(held.bytes, held.contentType, held.url, parts.supplier);
  if (read.kind === "captcha") return refusedOf(one, captcha(held));
  const write = () =>
    parts.transaction(async (tx) => {
      const products = await recordProduct(tx, hand, { read, pageUrl: page.url, scraping: parts.services.scraping });
      if (read.kind === "product") await settleHeld(tx, one, held, products);
      else await settle(tx, one, { state: "skipped", status: held.status, note: "no-product", bytes: held.wireBytes });
    });
  return { visited: FINE, write };
}

/** Shops send whoever asks for a product they no longer have to a list, or to the front page. */
function isElsewhere(url: URL, page: WaitingPage, supplier: SupplierConfig): boolean {
  return url.href !== page.url && (url.pathname === "/" || kindOf(url, supplier) === "listing");
}

async function settleHeld(tx: Tx, one: Visit, held: Held, products: number): Promise<void> {
  const { crawling } = one.parts.services;
  const snapshot = held.isSame && one.known ? one.known.snapshot : await crawling.putSnapshot(tx, held);
  const state = held.isSame || snapshot === one.known?.snapshot ? "unchanged" : "fetched";
  const { etag, lastModified, status, wireBytes } = held;
  await crawling.settlePage(tx, one.hand, {
    url: one.page.url,
    state,
    status,
    note: "",
    bytes: wireBytes,
    products,
    etag,
    lastModified,
    snapshot,
  });
}

type Refused = Exclude<Fetched, { kind: "page" | "unchanged" }>;

function captcha({ status, wireBytes }: Held): Refused {
  const words = "Its host asks whether we are human instead of showing it.";
  return { kind: "busy", entry: "captcha", words, status, bytes: wireBytes, retryAfterMs: null };
}

/** What won't work the next time either is skipped; what may is tried again, a few times. One for which its host stays busy is skipped then. */
function refusedOf(one: Visit, refused: Refused): Seen {
  const { entry, words, retryAfterMs = null } = refused;
  const waits = one.seconds();
  const write = () => writeRefused(one, refused, waits);
  if (refused.kind === "lasting") return { visited: FINE, write };
  return { visited: { kind: "trouble", entry, words, isHostWide: entry !== "status", waitMs: retryAfterMs }, write };
}

async function writeRefused(one: Visit, { kind, entry, words, status, bytes }: Refused, seconds: number): Promise<void> {
  const { hand, page, parts } = one;
  const isTriedAgain = kind !== "lasting" && page.attempts + 1 < MOST_ATTEMPTS;
  const state = kind === "passing" ? "failed" : "skipped";
  await parts.transaction(async (tx) => {
    if (isTriedAgain) await settle(tx, one, { state: "later", seconds, status, note: entry, bytes });
    else await settle(tx, one, { state, status, note: entry, bytes });
    if (!isTriedAgain || kind === "busy") await parts.services.scraping.note(tx, hand.runId, { kind: entry, url: page.url, words });
  });
}

type Settled = { status: number | null; note: string; bytes: number } & (
  | { state: "later"; seconds: number }
  | { state: "skipped" | "failed" }
);

async function settle(tx: Tx, { hand, page, parts }: Visit, settled: Settled): Promise<void> {
  const outcome: PageOutcome = { url: page.url, products: 0, ...settled };
  await parts.services.crawling.settlePage(tx, hand, outcome);
}
