import { Readable } from "node:stream";
import { MEDIA_LIMITS, type MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import { HELD_SECONDS, type WantedPicture } from "@rose-ash/shared/contracts/wanted-pictures.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Outside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { type HostQueue, makeHostQueue, retryAfterOf, TooFarOff } from "@rose-ash/shared/infrastructure/manners/index.ts";

/** What pictures are brought with. contact: where a host reads who asks; delaySeconds: between two pictures of one host. */
export interface BringParts {
  readonly services: Pick<Services, "crawling" | "media" | "wantedPictures">;
  readonly transaction: Transaction;
  readonly intake: MediaIntake;
  readonly outside: Outside;
  readonly contact: string;
  readonly delaySeconds: number;
  readonly retrySeconds: number;
}

type Answer =
  | { readonly kind: "came"; readonly bytes: Buffer }
  | { readonly kind: "not"; readonly note: string; readonly isLasting: boolean; readonly busy?: Busy };

/** A host that wants to be left alone: for so long, where it says so. */
interface Busy {
  readonly host: string;
  readonly ms: number | null;
}

const MOST_REDIRECTS = 4;
const MOST_ATTEMPTS = 5;
const MAX_SECONDS = 60;
/** A turn that is further off is left to other pictures. */
const PATIENCE_SECONDS = 60;
/** Asked once a day however long a host wants to be left alone. */
const LONGEST_SECONDS = 24 * 3600;
/** All that is done for one picture ends before another process may take it. */
const MOST_MS = (HELD_SECONDS - 60) * 1000;
const HEADERS = { accept: "image/avif, image/webp, image/jpeg, image/png, image/gif" };

const NOT_CAME = {
  "not-public": ["Its address is not one of the open internet.", true],
  "too-large": ["It is larger than a picture may be.", true],
  damaged: ["It is packed in a way that can't be unpacked.", true],
  unreachable: ["Its host does not answer.", false],
  slow: ["Its host is too slow.", false],
} as const;

/** Brings one picture that a product is to have to the library, in its host's turn. Gives whether there was one. */
export async function bringPicture(parts: BringParts, signal: AbortSignal): Promise<boolean> {
  const { services, transaction } = parts;
  const wanted = await transaction((tx) => services.wantedPictures.take(tx));
  if (wanted === null) return false;
  const queue = queueOf(parts, AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]));
  const answer = await fetchPicture(wanted.url, queue).catch((error: unknown) => notFetched(error, signal));
  if (answer.kind === "came") await takeIn(parts, wanted, answer.bytes);
  else if (answer.kind === "far") await transaction((tx) => services.wantedPictures.putOff(tx, wanted, answer.seconds));
  else {
    const isOver = answer.isLasting || wanted.attempts >= MOST_ATTEMPTS;
    const seconds = Math.max(parts.retrySeconds * 2 ** wanted.attempts, Math.min((answer.busy?.ms ?? 0) / 1000, LONGEST_SECONDS));
    if (answer.busy) await queue.holdOff(answer.busy.host, seconds * 1000);
    await fail(parts, wanted, { note: answer.note, seconds: isOver ? null : seconds });
  }
  return true;
}

function notFetched(error: unknown, signal: AbortSignal): Answer | { readonly kind: "far"; readonly seconds: number } {
  if (error instanceof TooFarOff) return { kind: "far", seconds: Math.min(error.ms / 1000, LONGEST_SECONDS) };
  if (signal.aborted || !(error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError"))) throw error;
  return { kind: "not", note: NOT_CAME.slow[0], isLasting: false };
}

async function takeIn(parts: BringParts, wanted: WantedPicture, bytes: Buffer): Promise<void> {
  const { services, transaction, intake } = parts;
  const taken = await intake.take(Readable.from([bytes]), nameOf(wanted.url));
  if (taken.kind === "refused") return fail(parts, wanted, { note: taken.message, seconds: null });
  if (taken.file.width === null) return fail(parts, wanted, { note: "It is no picture.", seconds: null });
  await transaction(async (tx) => services.wantedPictures.keep(tx, wanted, await services.media.addFile(tx, taken.file, null)));
}

function fail({ services, transaction }: BringParts, wanted: WantedPicture, why: { note: string; seconds: number | null }): Promise<void> {
  return transaction((tx) => services.wantedPictures.fail(tx, wanted, why));
}

function queueOf({ services, transaction, outside, contact, delaySeconds }: BringParts, signal: AbortSignal): HostQueue {
  return makeHostQueue({
    ...{ crawling: services.crawling, transaction, outside, contact, delaySeconds, jitterSeconds: delaySeconds / 2 },
    ...{ maxBytes: MEDIA_LIMITS.pictureBytes, maxSeconds: MAX_SECONDS, patienceSeconds: PATIENCE_SECONDS },
    ...{ random: Math.random, signal, turns: signal },
    onCut: async () => undefined, // the run that named it says so
  });
}

/** What comes is read by its bytes afterwards: a content type proves nothing. */
async function fetchPicture(address: string, queue: HostQueue): Promise<Answer> {
  let url = URL.parse(address);
  for (let hop = 0; hop <= MOST_REDIRECTS && url !== null && /^https?:$/.test(url.protocol); hop++) {
    const allowed = await queue.mayFetch(url);
    if (allowed === "no") return { kind: "not", note: "Its host's robots.txt asks us not to.", isLasting: true };
    if (allowed === "unreachable") return { kind: "not", note: "Its host's robots.txt can't be had.", isLasting: false };
    const answer = await queue.ask(url, HEADERS);
    if (answer.kind === "refused") return { kind: "not", note: NOT_CAME[answer.reason][0], isLasting: NOT_CAME[answer.reason][1] };
    const { status, headers, body } = answer;
    if (status === 200) return { kind: "came", bytes: body };
    if (status === 429 || status === 503) {
      const busy = { host: url.host, ms: retryAfterOf(headers["retry-after"]) };
      return { kind: "not", note: `Its host answers ${status}.`, isLasting: false, busy };
    }
    if (status < 300 || status > 399) return { kind: "not", note: `Its host answers ${status}.`, isLasting: status < 500 };
    url = headers.location === undefined ? null : URL.parse(headers.location, url.href);
  }
  return { kind: "not", note: "Its host leads around in circles, or nowhere.", isLasting: true };
}

function nameOf(url: string): string {
  return decodeSafely(new URL(url).pathname.split("/").at(-1) ?? "");
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
