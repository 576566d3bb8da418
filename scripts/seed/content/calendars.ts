/** A calendar, its keepers by handle, and the rooms that it may use. */
export interface SeedCalendar {
  slug: string;
  name: string;
  description: string;
  colour: "rose" | "leaf" | "amber" | "ink";
  keepers: readonly string[];
  rooms: readonly string[];
}

/** A room; within: the slug of the one that it lies in. */
export interface SeedRoom {
  slug: string;
  name: string;
  description: string;
  capacity: number | null;
  within: string | null;
}

/** Something that comes again by a rule, from the first such day of the month in which the seed begins. body is markdown. */
export interface SeedSeries {
  slug: string;
  calendar: string;
  title: string;
  summary: string;
  body: string;
  room: string | null;
  place: string;
  onlineUrl: string;
  tags: readonly string[];
  organiser: string;
  /** 1 is Monday. */
  weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  startsAt: string;
  minutes: number;
  rule: string;
  status: "confirmed" | "proposed";
}

/** What is on, by who looks after it. The first is where whatever is not the oven's or the fields' stands. */
export const CALENDARS: readonly SeedCalendar[] = [
  {
    slug: "old-dairy",
    name: "The Old Dairy",
    description: "What is on in the hall and the loft: songs, films, repairs and meetings.",
    colour: "leaf",
    keepers: ["grace"],
    rooms: ["hall", "stage", "loft", "yard"],
  },
  {
    slug: "oven-and-shop",
    name: "Oven and shop",
    description: "Classes at the table, suppers, market days, and when the shop rests.",
    colour: "rose",
    keepers: ["bilal", "efua"],
    rooms: ["bakehouse", "shop", "hall", "yard"],
  },
  {
    slug: "fields",
    name: "Fields and gardens",
    description: "Work mornings, walks and clinics out of doors. Wear what may get dirty.",
    colour: "amber",
    keepers: ["leonie"],
    rooms: ["yard", "loft"],
  },
];

/** The hall has a stage in it; whoever has the hall has both. */
export const ROOMS: readonly SeedRoom[] = [
  { slug: "dairy", name: "The whole house", description: "Hall, loft, bakehouse and shop together.", capacity: 200, within: null },
  { slug: "hall", name: "Hall", description: "A hundred unmatched chairs and an induction loop.", capacity: 120, within: "dairy" },
  { slug: "stage", name: "Stage", description: "The raised end of the hall, behind the curtain.", capacity: 15, within: "hall" },
  { slug: "kitchenette", name: "Hall kitchen", description: "Two rings, one urn, forty cups.", capacity: 6, within: "hall" },
  { slug: "loft", name: "Loft", description: "Under the roof, warm from the oven below. A stair, no lift.", capacity: 30, within: "dairy" },
  { slug: "bakehouse", name: "Bakehouse", description: "One long table, one oven.", capacity: 12, within: "dairy" },
  { slug: "shop", name: "Shop", description: "Shelves and a counter.", capacity: 25, within: "dairy" },
  { slug: "yard", name: "Yard", description: "Cobbles, a cart shed for when it rains.", capacity: 150, within: null },
];

export const SERIES: readonly SeedSeries[] = [
  {
    ...{ slug: "plot-morning", calendar: "fields", title: "Plot morning", room: null, place: "Wend Bank, the gate by the ash" },
    summary: "Weed, sow or pick, whatever the week asks for. Tools and tea are there.",
    body: "We meet at the gate and share the work out. Children are welcome, dogs on a lead.\n\nWhoever stays to the end takes something home.",
    ...{ onlineUrl: "", tags: ["gardening", "children"], organiser: "leonie", status: "confirmed" },
    ...{ weekday: 6, startsAt: "09:30", minutes: 150, rule: "FREQ=WEEKLY;BYDAY=SA" },
  },
  {
    ...{ slug: "compost-clinic", calendar: "fields", title: "Compost clinic, from your own kitchen", room: null, place: "" },
    summary: "Show Carys your heap through the camera, and hear what it lacks.",
    body: "An hour for heaps that smell, stall or steam. Bring a handful in a jar, and your questions.",
    ...{ onlineUrl: "https://meet.rose-ash.example/compost", tags: ["gardening"], organiser: "carys", status: "confirmed" },
    ...{ weekday: 2, startsAt: "18:30", minutes: 60, rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" },
  },
  {
    ...{ slug: "first-sunday-walk", calendar: "fields", title: "Walk round the fields", room: "yard", place: "" },
    summary: "Six miles, two stiles and a flask, with whoever grows what we pass.",
    body: "We leave from the yard and are back for soup. Boots, please: the low path is wet until May.",
    ...{ onlineUrl: "", tags: ["walking"], organiser: "hamish", status: "confirmed" },
    ...{ weekday: 7, startsAt: "14:30", minutes: 180, rule: "FREQ=MONTHLY;BYDAY=2SU" },
  },
  {
    ...{ slug: "swing-tasters", calendar: "old-dairy", title: "Swing tasters", room: "hall", place: "" },
    summary: "An hour of steps, an hour of dancing. No partner needed.",
    body: "Two of us have taught it elsewhere and would like to begin here. The hall is free on Mondays.",
    ...{ onlineUrl: "", tags: ["music", "dancing"], organiser: "kit", status: "proposed" },
    ...{ weekday: 1, startsAt: "19:30", minutes: 120, rule: "FREQ=WEEKLY;BYDAY=MO;COUNT=6" },
  },
];
