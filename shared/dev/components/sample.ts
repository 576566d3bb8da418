import { jar, loaf, oven } from "./pictures.ts";

const ada = { name: "Ada Moreno", handle: "@ada", url: "#ada", role: "Baker, Tuesdays and Fridays" };
const bilal = { name: "Bilal Haddad", handle: "@bilal", url: "#bilal", role: "Keeps the market stocked" };
const wren = { name: "Wren Okafor", handle: "@wren", url: null, role: "" };

export const people = [ada, bilal, wren];

export const posts = [
  {
    url: "#oven",
    title: "How we rebuilt the oven in nine days",
    excerpt:
      "The arch had been leaning since the flood. Eleven members, four tonnes of brick and one very patient mason later, it holds heat until noon.",
    publishedAt: "2026-11-12T09:00:00Z",
    authors: [ada, bilal],
    picture: oven,
    tags: [
      { name: "oven", url: "#" },
      { name: "repairs", url: "#" },
    ],
    readingMinutes: 6,
  },
  {
    url: "#rye",
    title: "Rye, slowly",
    excerpt: "Why Friday's loaf takes two days, and what the flour from Mill Lane changed.",
    publishedAt: "2026-11-03T09:00:00Z",
    authors: [ada],
    picture: null,
    tags: [{ name: "bread", url: "#" }],
    readingMinutes: 1,
  },
];

export const products = [
  product("oven-rye", "Oven rye", 340, { minor: 425, per: "kg" }, "800 g", "Rose Ash bakery", ["vegan"], loaf),
  product(
    "plum-jam",
    "Damson plum jam, small jar",
    420,
    { minor: 1235, per: "kg" },
    "340 g",
    "Hilltop Orchard",
    ["vegan", "gluten-free"],
    jar,
  ),
  product("oats", "Rolled oats", 180, { minor: 240, per: "kg" }, "750 g", "Mill Lane", [], null),
  {
    ...product("butter", "Salted butter", 310, { minor: 1240, per: "kg" }, "250 g", "Old Dairy", ["vegetarian"], null),
    isAvailable: false,
  },
];

function product(
  slug: string,
  name: string,
  priceMinor: number,
  unitPrice: { minor: number; per: string } | null,
  packSize: string,
  brand: string,
  labels: string[],
  picture: typeof loaf | null,
) {
  return { url: `#${slug}`, slug, name, priceMinor, currency: "GBP", unitPrice, packSize, brand, labels, picture, isAvailable: true };
}

const lines = products.slice(0, 2).map((item, index) => {
  const quantity = 2 - index;
  return { id: String(index + 1), product: item, quantity, unitPriceMinor: item.priceMinor, totalMinor: item.priceMinor * quantity };
});
export const cart = { lines, totalMinor: 1100, currency: "GBP", count: 3 };

export const entries = [
  entry(
    "First firing of the new oven",
    "2026-11-26T18:00:00Z",
    "The Old Dairy, back yard",
    "Bring a dough of your own, or just a hunger.",
    "rose",
    oven,
  ),
  entry("Winter seed swap", "2026-11-28T00:00:00Z", "Noticeboard room", "", "leaf", null, true),
  entry("Members' meeting", "2026-12-03T19:30:00Z", "Upstairs", "On the table: opening on Sundays.", "amber", null),
];

function entry(
  title: string,
  startsAt: string,
  place: string,
  summary: string,
  colour: string,
  picture: typeof oven | null,
  isAllDay = false,
) {
  const calendar = { name: { rose: "Bakery", leaf: "Garden", amber: "Co-op" }[colour] ?? "Co-op", colour };
  return { url: "#entry", title, startsAt, endsAt: startsAt, zone: "Europe/London", isAllDay, place, summary, calendar, picture };
}

export const activities = [
  {
    id: "1",
    actor: ada,
    verb: "published",
    object: { name: "How we rebuilt the oven in nine days", url: "#oven" },
    publishedAt: "2026-11-12T09:00:00Z",
    summary: "The arch had been leaning since the flood. Eleven members, four tonnes of brick and one very patient mason later…",
  },
  {
    id: "2",
    actor: bilal,
    verb: "added",
    object: { name: "Damson plum jam", url: "#plum-jam" },
    publishedAt: "2026-11-10T14:20:00Z",
    summary: "",
  },
];

export const ticket = {
  title: "First firing of the new oven",
  url: "#entry",
  startsAt: "2026-11-26T18:00:00Z",
  zone: "Europe/London",
  place: "The Old Dairy, back yard",
  holder: "Ada Moreno",
  kind: "Member, one seat",
  code: "RA-7K4M-02",
  state: "valid",
};

/** November 2026 from Monday 26 October, with the entries on their days. */
export const month = { label: "November 2026", previousUrl: "#earlier", nextUrl: "#later", weeks: weeksOfNovember() };

function weeksOfNovember() {
  const first = Date.UTC(2026, 9, 26);
  const days = Array.from({ length: 42 }, (_, index) => {
    const on = new Date(first + index * 86_400_000).toISOString().slice(0, 10);
    const onDay = entries.filter((item) => item.startsAt.startsWith(on));
    const regular = ["2026-11-06", "2026-11-13", "2026-11-20"].includes(on)
      ? [entry("Baking day", `${on}T07:00:00Z`, "", "", "rose", null)]
      : [];
    return {
      on,
      day: Number(on.slice(8)),
      isInMonth: on.startsWith("2026-11"),
      isToday: on === "2026-11-24",
      entries: [...onDay, ...regular],
    };
  });
  return Array.from({ length: 6 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}
