import type { SeedEntry } from "../kinds.ts";

/** What happens around the oven and the shop. */
export const KITCHEN_ENTRIES: readonly SeedEntry[] = [
  {
    slug: "bread-class",
    tags: ["bread"],
    title: "First loaves: a bread class",
    summary: "Mix, fold, shape and bake a country loaf in the wood oven, and take your own leaven home.",
    body: `Eight people, one long table, one oven. Bilal takes you from flour to loaf in three and a half hours: how dough should feel, why we fold instead of knead, and what to do on the days when it will not behave.

You bake one loaf here and shape a second to bake at home the next morning. Tea, soup and a jar of leaven are included.

* Bring an apron and a container for dough, about two litres.
* No experience needed; strong opinions welcome.
* The Bakehouse has one step. Tell us if that is one too many and Jaswinder brings the ramp.`,
    place: "Bakehouse",
    organiser: "bilal",
    picture: "entry-bread-class",
    weekday: 7,
    weeks: [2, "last"],
    time: { startsAt: "13:30", minutes: 210 },
    ticketTypes: [
      { name: "Place at the table", priceMinor: 3800, capacity: 8 },
      { name: "Place at the table, low income", priceMinor: 1500, capacity: 2, perPerson: 1 },
    ],
    ticketBox: {
      refundHours: 72,
      questions: [{ key: "allergies", label: "Allergies, or anything else?", options: [], isRequired: false }],
    },
  },
  {
    slug: "market-day",
    tags: ["food"],
    title: "Market day in the yard",
    summary: "Stalls from eight growers and makers, saffron buns until they are gone, and soup from ten.",
    body: `The yard fills at eight. Wend Bank, Ashlea, Combe and Low Tide bring what they have; the Hedge Kitchen brings what it made of last month’s; the oven brings breakfast.

Bring bags, bottles and jars. If it rains we stand under the cart shed, and it is still on.

Growers who would like a pitch: ask Efua by Wednesday. A table is £6 for members and £12 otherwise, and nobody pays for their first time.`,
    place: "Yard",
    organiser: "efua",
    picture: "entry-market",
    weekday: 6,
    weeks: ["every"],
    time: { startsAt: "08:00", minutes: 300 },
    ticketTypes: [],
  },
  {
    slug: "oven-supper",
    tags: ["food"],
    title: "Oven supper",
    summary: "One long table, one menu, whatever the oven and the fields decide. Forty places.",
    body: `We light the oven late, put one big dish through it, and eat together at one table. There is a pot for everyone: one with meat from Harrow Down, one without anything from an animal, and both have been worth staying for.

Water, bread and washing-up are shared. Bring your own cup if you are fond of it, and something to drink if you like.

Tell us about allergies when you book: the kitchen is small and handles gluten, milk and nuts.`,
    place: "Hall",
    organiser: "kit",
    picture: "entry-supper",
    weekday: 5,
    weeks: [3],
    time: { startsAt: "19:00", minutes: 180 },
    ticketTypes: [
      { name: "Seat at the table", priceMinor: 1200, capacity: 32 },
      { name: "Seat for a child", priceMinor: 500, capacity: 8 },
      { name: "Seat, and one for somebody who can’t pay", priceMinor: 1500, capacity: 10, isDonation: true },
    ],
    ticketBox: {
      capacity: 36,
      questions: [{ key: "food", label: "What do you eat?", options: ["Everything", "Vegetarian", "Vegan"], isRequired: true }],
    },
  },
  {
    slug: "wood-day",
    title: "Wood day",
    summary: "Split, carry and stack a month of ash and oak. Come for an hour or for all of it.",
    body: `The oven eats a cubic metre a week. On wood day we feed it in advance: Hamish brings thinnings from Harrow Down, Fintan brings the splitter, and everyone else brings gloves.

Children stack, grown-ups split, and whoever’s back has had enough makes the tea. Lunch is on the house for anybody who carried anything.`,
    place: "Yard",
    organiser: "hamish",
    picture: null,
    weekday: 7,
    weeks: [1],
    time: { allDays: 1 },
    ticketTypes: [],
  },
  {
    slug: "stocktake",
    title: "Stocktake: shop closed",
    summary: "Two days of counting. The hall is open as usual, the shop and the oven rest.",
    body: `Once a month we count everything, from the lentils to the last candle. The shop stays closed for two days and opens on Wednesday at half past seven.

Volunteers are welcome, in pairs: one counts, one writes. Efua has the clipboards.`,
    place: "Shop",
    organiser: "efua",
    picture: null,
    weekday: 1,
    weeks: ["last"],
    time: { allDays: 2 },
    ticketTypes: [],
  },
];
