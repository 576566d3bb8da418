import type { OpeningTimes, OpenPeriod, PlacePage } from "@rose-ash/shared/contracts/places.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import { nameOfDay } from "./opening-words.ts";

const MINUTES_OF_DAY = 1440;

/** The place in schema.org's words, for machines: a GroceryStore with its opening times, and the way to it. */
export function placeData({ name, url, summary, location, picture, times }: PlacePage, siteName: string, publicUrl: PublicUrl): object {
  const way = [
    { name: "The shop", url: publicUrl("market", "/") },
    { name: "Places", url: publicUrl("market", "/places") },
    { name, url },
  ];
  const store = {
    "@type": "GroceryStore",
    "@id": url,
    ...{ name, url },
    ...(summary === "" ? {} : { description: summary }),
    ...(location === "" ? {} : { address: location }),
    ...(picture === null ? {} : { image: new URL(picture.url, url).href }),
    parentOrganization: { "@type": "Organization", name: siteName, url: publicUrl("blog", "/") },
    openingHoursSpecification: times.week.map(({ weekday, ...period }) => ({
      "@type": "OpeningHoursSpecification",
      dayOfWeek: `https://schema.org/${nameOfDay(weekday)}`,
      ...clocksOf(period),
    })),
    ...(times.exceptions.length === 0 ? {} : { specialOpeningHoursSpecification: specialsOf(times) }),
  };
  const breadcrumb = {
    "@type": "BreadcrumbList",
    itemListElement: way.map((step, at) => ({ "@type": "ListItem", position: at + 1, name: step.name, item: step.url })),
  };
  return { "@context": "https://schema.org", "@graph": [store, breadcrumb] };
}

/** A day on which it is closed opens and closes at midnight: so search engines read it. */
function specialsOf({ exceptions }: OpeningTimes): object[] {
  return exceptions.flatMap(({ day, hours }) => {
    const spec = { "@type": "OpeningHoursSpecification", validFrom: day, validThrough: day };
    return hours.length === 0
      ? [{ ...spec, opens: "00:00:00", closes: "00:00:00" }]
      : hours.map((period) => ({ ...spec, ...clocksOf(period) }));
  });
}

/** What closes at or after midnight closes the next day: a time that is not above the first. A whole day ends at its last minute. */
function clocksOf({ opensMinute, closesMinute }: OpenPeriod) {
  const isWholeDay = opensMinute === 0 && closesMinute === MINUTES_OF_DAY;
  return { opens: clock(opensMinute), closes: isWholeDay ? "23:59:00" : clock(closesMinute) };
}

function clock(minuteOfDay: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60) % 24)}:${two(minuteOfDay % 60)}:00`;
}
