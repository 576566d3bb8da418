/** A market place. hours: a weekday (1 is Monday) and from when until when. shelves, suppliers: what it sells; picks stand first. */
export interface SeedPlace {
  slug: string;
  name: string;
  summary: string;
  location: string;
  text: string;
  /** The name of the picture that shows it; null: none does. */
  picture: string | null;
  hours: readonly (readonly [weekday: number, opens: string, closes: string])[];
  /** Closed, on these days of each year: "12-25". */
  closedOn: readonly { day: string; note: string }[];
  shelves: readonly string[];
  suppliers: readonly string[];
  picks: readonly string[];
  /** The path of the page that shows it; null: none does. */
  page: string | null;
}

export const PLACES: readonly SeedPlace[] = [
  {
    slug: "the-shop",
    name: "The shop at the Old Dairy",
    summary: "Everything we sell, across the counter from the oven it comes out of.",
    location: "The Old Dairy, Mill Lane, Thornley Bridge",
    text: `Bread is on the shelf from half past seven, rolls at nine. Bring jars, bottles and bags if you have them: we weigh them first.

What you put into the cart here on the site is packed by noon of the next day and stands on the shelf behind the door, under your name. Whoever is at the till knows which one.`,
    picture: null,
    hours: [
      [2, "7:30", "18:00"],
      [3, "7:30", "19:00"],
      [4, "7:30", "18:00"],
      [5, "7:30", "18:00"],
      [6, "7:30", "14:00"],
    ],
    closedOn: [
      { day: "12-25", note: "Christmas Day" },
      { day: "12-26", note: "Boxing Day" },
      { day: "01-01", note: "New Year’s Day" },
    ],
    shelves: ["bakery", "fresh", "dairy-and-eggs", "larder", "drinks", "household"],
    suppliers: [],
    picks: ["rye-sourdough", "country-loaf", "wholemeal-tin", "spelt-rolls"],
    page: "visit",
  },
  {
    slug: "market-in-the-yard",
    name: "Market in the yard",
    summary: "On Saturdays the growers stand behind their own crates.",
    location: "In the yard of the Old Dairy, under the cart shed when it rains",
    text: `Carys brings what the river flats have, Combe Orchards brings apples until they run out, and the Hedge Kitchen brings jars. There are no screens here and no cards below three pounds.

At a quarter to two, what is left is sold by the crate.`,
    picture: "entry-market",
    hours: [[6, "8:00", "14:00"]],
    closedOn: [{ day: "12-26", note: "Boxing Day" }],
    shelves: [],
    suppliers: ["wend-bank-growers", "combe-orchards", "the-hedge-kitchen"],
    picks: [],
    page: null,
  },
];
