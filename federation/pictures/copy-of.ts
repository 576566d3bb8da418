import { Readable } from "node:stream";
import { fetchOutside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import type { FastifyInstance } from "fastify";

const TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];
const MOST_BYTES = 8_000_000;
const TIMEOUT_MS = 10_000;
/** So many are fetched by one process at a time; whoever comes meanwhile sees the words in their place, and the picture the next time. */
const AT_ONCE = 8;
const AT_ONCE_OF_HOST = 3;
/** Of one host in an hour, by all processes: nobody has us fetch without end. */
const OF_HOST = { hits: 1000, windowSeconds: 3600 };
/** No page needs more, and no file says more of whoever looks. */
const SIDE = 1200;
const AGAIN_MS = { soon: 15 * 60_000, late: 24 * 3_600_000 };

type App = Pick<FastifyInstance, "services" | "fediverse" | "runtime" | "mediaIntake" | "transaction" | "log">;

const flights = new Map<string, Promise<string | null>>();

/** The name in the media store of our copy of a picture of another host, fetched now if it is not here; null: it can't be had. */
export async function copyOf(app: App, url: string): Promise<string | null> {
  const { services, runtime, transaction } = app;
  const known = await services.remotePictures.find(url);
  if (known !== null && (known.sha256 !== null || (known.tryAfter !== null && known.tryAfter > runtime.clock.now()))) {
    if (known.sha256 === null) return null;
    const name = `${known.sha256}.webp`;
    if ((await runtime.media.find(name)) !== null) {
      if (!known.isSeenToday) await transaction((tx) => services.remotePictures.noteSeen(tx, url));
      return name;
    }
  }
  const flight = flights.get(url);
  if (flight !== undefined) return flight;
  const { host } = new URL(url);
  const ofHost = [...flights.keys()].filter((other) => new URL(other).host === host).length;
  if (flights.size >= AT_ONCE || ofHost >= AT_ONCE_OF_HOST) return null;
  const fetching = fetchCopy(app, url).finally(() => flights.delete(url));
  flights.set(url, fetching);
  return fetching;
}

async function fetchCopy(app: App, url: string): Promise<string | null> {
  const { services, runtime, transaction, fediverse, mediaIntake } = app;
  const refuse = async (reason: string, after: number) => {
    await transaction((tx) =>
      services.remotePictures.refuse(tx, { url, reason, tryAfter: new Date(runtime.clock.now().getTime() + after) }),
    );
    return null;
  };
  if (!(await mayFetch(app, url))) return null;
  const hits = `remote-pictures:${new URL(url).host}`;
  if (!(await transaction((tx) => services.identity.withinLimit(tx, hits, OF_HOST, runtime.clock.now())))) return null;
  const fetched = await fetchOutside({ url, accept: TYPES, maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS }, fediverse.outside);
  if (fetched.kind === "refused") {
    const isPassing = fetched.reason === "unreachable" || fetched.reason === "slow" || fetched.reason === "status";
    return refuse(fetched.reason, isPassing ? AGAIN_MS.soon : AGAIN_MS.late);
  }
  if (fetched.url !== url && !(await mayFetch(app, fetched.url)))
    return refuse("leads to a host that nothing is taken from", AGAIN_MS.late);
  const [contentType = ""] = fetched.contentType.split(";");
  const copied = await mediaIntake.copy(Readable.from([fetched.body]), { contentType: contentType.trim().toLowerCase(), side: SIDE });
  if (copied.kind === "refused") return refuse(copied.reason, AGAIN_MS.late);
  await transaction((tx) => services.remotePictures.keep(tx, { url, ...copied }));
  return `${copied.sha256}.webp`;
}

/** Not of our own hosts, under https where we are, and of a host whose pictures are taken. */
async function mayFetch({ fediverse, services }: App, url: string): Promise<boolean> {
  const { protocol, host } = new URL(url);
  if (fediverse.actors.isOurs(url) || (protocol !== "https:" && !fediverse.gate.takesPlainHttp)) return false;
  return services.remotePictures.isTakenFrom(host);
}
