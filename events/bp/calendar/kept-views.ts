import { type Keepable, Kept } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { FastifyInstance } from "fastify";
import { addressOf, filterOf } from "./query.ts";
import { type Asked, type CalendarView, calendarView, makeViews, pathOf } from "./views.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** A calendar by month, week, day or as an agenda, as everybody sees it. Throws not-found. */
    findCalendarView(asked: Asked): Promise<CalendarView>;
  }
}

const MAX_BYTES = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Days before and after today that are kept: robots turn pages for ever. */
const [KEPT_BEFORE, KEPT_AFTER] = [70, 430];

/**
 * Gives the app findCalendarView(). The same days are read and drawn again and again, for guests and members alike: what is drawn is
 * kept until something in the calendars changes or the day is over. What is searched for by words is drawn for each.
 */
export function keepViews(app: FastifyInstance): void {
  const { runtime } = app;
  const make = makeViews(app);
  const kept = new Kept<CalendarView>({
    cache: runtime.cache,
    pack: (view) => JSON.stringify(view),
    unpack: (text) => calendarView.safeParse(JSON.parse(text)).data ?? null,
    sizeOf: ({ html }) => html.length + 1_000,
    maxBytes: MAX_BYTES,
  });

  async function read(want: Keepable, asked: Asked): Promise<CalendarView> {
    const [place] = await kept.find([want], false);
    if (place?.found?.isFresh) return place.found.value;
    const view = await make(asked);
    if (place !== undefined) await kept.put(place, view, view.goodUntil);
    return view;
  }

  app.decorate("findCalendarView", async (asked: Asked) => {
    const want = wantOf(asked, runtime.clock.now());
    return want === null ? make(asked) : (kept.findNow(want) ?? (await read(want, asked)));
  });
}

/** null: it is not kept. */
function wantOf(asked: Asked, now: Date): Keepable | null {
  const { view, month, on } = asked.query;
  const { room, tag, price, words } = filterOf(asked.query);
  if (words !== "") return null;
  const days = view === "month" ? { month: month ?? null } : { on: on ?? null };
  const shown = days.month ? `${days.month}-01` : days.on;
  const away = shown ? (Date.parse(shown) - now.getTime()) / DAY_MS : 0;
  if (!(away > -KEPT_BEFORE && away < KEPT_AFTER)) return null; // also what is no day
  const key = `events:view:${addressOf(pathOf(asked), { view, ...days, room, tag, price })}`;
  return { key, tags: ["calendar"], ttlSeconds: 60, isPersonal: false };
}
