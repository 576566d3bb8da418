import type { SeedEntry } from "../kinds.ts";

/** What happens in the hall and the loft. */
export const HALL_ENTRIES: readonly SeedEntry[] = [
  {
    slug: "choir",
    tags: ["music"],
    title: "Old Dairy choir",
    summary: "Songs in parts, learnt by ear. No audition, no folder of sheets, one break for tea.",
    body: `Come if you sing in the car. Grace teaches each part by ear, slowly, until it holds, and then lets four of them loose on each other. Between thirty and fifty of us turn up.

The first evening is free. After that we suggest £4 a time, in the tin, or what you can.`,
    place: "Hall",
    organiser: "grace",
    picture: "entry-choir",
    weekday: 3,
    weeks: ["every"],
    time: { startsAt: "19:30", minutes: 90 },
    ticketTypes: [],
  },
  {
    slug: "yoga-for-bakers",
    tags: ["bread"],
    title: "Yoga for bakers",
    summary: "Forty minutes for wrists, shoulders and lower backs, straight after the last oven load.",
    body: `Made for people who lift sacks before breakfast, open to anyone who is awake. We work on wrists, shoulders and the small of the back, on the floor of the loft, with the warmth of the oven coming up through the boards.

Mats are there. Flour on your trousers is normal.`,
    place: "Loft",
    organiser: "grace",
    picture: null,
    weekday: 2,
    weeks: ["every"],
    time: { startsAt: "10:15", minutes: 40 },
    ticketTypes: [],
  },
  {
    slug: "repair-cafe",
    tags: ["repair"],
    title: "Repair café",
    summary: "Bring what is broken, sit with somebody who can mend it, and learn how it was done.",
    body: `Toasters, trousers, chairs, bicycles, lamps, zips. You sit down with the repairer and hold the other end; about two things in three leave in working order. What can’t be mended goes home with its screws in a labelled bag.

There is no charge. A jar on the table pays for solder and thread.

* Two things a person, please.
* No microwaves, and nothing with petrol still in it.
* Last things are taken in at four.`,
    place: "Hall",
    organiser: "fintan",
    picture: "entry-repair",
    weekday: 6,
    weeks: [2],
    time: { startsAt: "13:30", minutes: 210 },
    ticketTypes: [{ name: "A slot with a repairer", priceMinor: 0, capacity: 36, perPerson: 1 }],
  },
  {
    slug: "seed-swap",
    tags: ["gardening"],
    title: "Seed swap",
    summary: "Bring what you saved, take what you will sow. Envelopes, pencils and advice on the table.",
    body: `The seed library opens its drawers. Lay out what you have saved, named as well as you can and with the year on it, and take what you have room for. You need not bring anything to take something.

Léonie gives a short talk at three on what to save this season, and Carys answers the question about slugs.`,
    place: "Loft",
    organiser: "leonie",
    picture: "entry-seeds",
    weekday: 7,
    weeks: [3],
    time: { startsAt: "14:00", minutes: 120 },
    ticketTypes: [],
  },
  {
    slug: "committee",
    tags: ["members"],
    title: "Committee, open to members",
    summary: "The monthly meeting of the nine who were elected. Members may listen, and speak at the end.",
    body: `The papers are pinned to the noticeboard on the Friday before. The order is always the same: last month’s minutes, the figures, the shop, the oven, the hall, anything else, members’ questions.

We stop at half past eight even in the middle of a sentence.`,
    place: "Loft",
    organiser: "ada",
    picture: null,
    weekday: 4,
    weeks: [1],
    time: { startsAt: "18:45", minutes: 105 },
    ticketTypes: [],
  },
  {
    slug: "film-night",
    tags: ["film"],
    title: "Film night",
    summary: "One film, one projector, a hundred unmatched chairs. Doors at seven, soup in the interval.",
    body: `Members choose the film by putting beans in jars on the shop counter; the jar that wins is shown. We print the title on the noticeboard a week before.

There is an interval, because the projector needs one and so does the soup. The hall has an induction loop; sit left of the aisle for the best of it. Films are shown with subtitles.`,
    place: "Hall",
    organiser: "jaswinder",
    picture: null,
    weekday: 5,
    weeks: [1],
    time: { startsAt: "19:30", minutes: 150 },
    ticketTypes: [
      { name: "Chair", priceMinor: 500, capacity: 90 },
      { name: "Cushion at the front", priceMinor: 250, capacity: 20 },
      { name: "Members’ sofa", priceMinor: 400, capacity: 4, perPerson: 2, isForMembers: true },
      { name: "Helping with the chairs", priceMinor: 0, capacity: 6, perPerson: 1, code: "chairs" },
    ],
    ticketBox: { capacity: 100, refundHours: 24 },
  },
  {
    slug: "new-members-evening",
    tags: ["members"],
    title: "New members’ evening",
    summary: "What your share buys, where the money goes, and a walk past the oven while it is hot.",
    body: `For people who have joined since last month, and for people who are still thinking about it. Dov explains the accounts on one sheet of paper, Efua shows how the buying group orders, and Bilal lets you put a loaf in.

It takes an hour and a half. Nobody is asked to volunteer for anything on the night; that comes later.`,
    place: "Hall",
    organiser: "dov",
    picture: null,
    weekday: 4,
    weeks: [3],
    time: { startsAt: "18:30", minutes: 90 },
    ticketTypes: [{ name: "Chair in the circle", priceMinor: 0, capacity: 24 }],
  },
];
