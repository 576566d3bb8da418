import type { EntryPage } from "@rose-ash/shared/contracts/events.ts";
import type { OfferedType } from "@rose-ash/shared/contracts/tickets.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";

/** One time of an entry in schema.org's words, for machines: an Event, and the way to it. */
export function structuredData(page: EntryPage, types: readonly OfferedType[], publicUrl: PublicUrl): object {
  const { entry, organiser, movedFrom } = page;
  const { calendar } = entry;
  const event = {
    "@type": "Event",
    "@id": entry.url,
    name: entry.title,
    url: entry.url,
    startDate: dateOf(entry.startsAt, entry),
    endDate: entry.isAllDay ? dateOf(new Date(entry.endsAt.getTime() - 1), entry) : dateOf(entry.endsAt, entry),
    eventStatus: `https://schema.org/${entry.isCancelled ? "EventCancelled" : movedFrom ? "EventRescheduled" : "EventScheduled"}`,
    ...(movedFrom && !entry.isCancelled ? { previousStartDate: dateOf(movedFrom, entry) } : {}),
    ...attendance(page),
    ...(entry.summary === "" ? {} : { description: entry.summary }),
    ...(organiser ? { organizer: { "@type": "Person", name: organiser.name, url: publicUrl("federation", `/@${organiser.handle}`) } } : {}),
    ...(entry.picture ? { image: new URL(entry.picture.url, publicUrl("events", "/")).href } : {}),
    ...(page.tags.length > 0 ? { keywords: page.tags } : {}),
    isAccessibleForFree: types.every(({ priceMinor }) => priceMinor === 0),
    offers: types.map((type) => ({
      "@type": "Offer",
      name: type.name,
      price: (type.priceMinor / 100).toFixed(2),
      priceCurrency: type.currency,
      availability: `https://schema.org/${(type.left ?? 1) > 0 && type.trouble === "" ? "InStock" : "SoldOut"}`,
      url: entry.url,
    })),
  };
  const way = [{ name: "Calendar", url: publicUrl("events", "/") }, calendar, { name: entry.title, url: entry.url }];
  const breadcrumb = {
    "@type": "BreadcrumbList",
    itemListElement: way.map(({ name, url }, i) => ({ "@type": "ListItem", position: i + 1, name, item: url })),
  };
  return { "@context": "https://schema.org", "@graph": [event, breadcrumb] };
}

/** Where, from afar, or both. */
function attendance({ entry, onlineUrl }: EntryPage) {
  const place = entry.place === "" ? [] : [{ "@type": "Place", name: entry.place, address: entry.place }];
  const online = onlineUrl === "" ? [] : [{ "@type": "VirtualLocation", url: onlineUrl }];
  const mode = online.length === 0 ? "Offline" : place.length === 0 ? "Online" : "Mixed";
  return { eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode`, location: [...place, ...online] };
}

/** A day, or an instant with the offset that its zone's clocks have then. */
function dateOf(at: Date, { zone, isAllDay }: { zone: string; isAllDay: boolean }): string {
  const { year, month, day, hour, minute } = wallClockOf(at, zone);
  const two = (number: number) => String(number).padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  if (isAllDay) return date;
  const offset = Math.round((Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
  const ahead = Math.abs(offset);
  return `${date}T${two(hour)}:${two(minute)}:00${offset < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}
