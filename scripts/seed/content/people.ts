import type { SeedPerson } from "./kinds.ts";

/** The members one can meet here; Ada first. Their portraits are named for their handles. */
export const PEOPLE: readonly SeedPerson[] = [
  {
    handle: "ada",
    name: "Ada Marlowe",
    bio: "Secretary and editor: the noticeboard, the minutes, the comma in the right place. Found the oven under forty years of boxes.",
    joinedDaysAgo: 2910,
  },
  {
    handle: "bilal",
    name: "Bilal Rahman",
    bio: "Head baker. Up at three, asleep by nine, and willing to talk about rye at any hour in between.",
    joinedDaysAgo: 2790,
  },
  {
    handle: "carys",
    name: "Carys Pugh",
    bio: "Grows vegetables at Wend Bank and drives them here while they still have dew on them.",
    joinedDaysAgo: 2655,
  },
  {
    handle: "dov",
    name: "Dov Abrams",
    bio: "Treasurer. Taught mathematics for thirty years and still shows his working.",
    joinedDaysAgo: 2480,
  },
  {
    handle: "efua",
    name: "Efua Mensah",
    bio: "Runs the shop and the buying group. Has tasted everything on the shelves, soap excepted.",
    joinedDaysAgo: 2205,
  },
  {
    handle: "fintan",
    name: "Fintan O’Dowd",
    bio: "Joiner, and host of the repair café. Believes most toasters are only misunderstood.",
    joinedDaysAgo: 1985,
  },
  {
    handle: "grace",
    name: "Grace Liang",
    bio: "Leads the choir on Wednesdays and stretches the bakers on Tuesdays.",
    joinedDaysAgo: 1710,
  },
  {
    handle: "hamish",
    name: "Hamish Buchan",
    bio: "Shepherd on Harrow Down. Two dogs, two hundred ewes, one good knee.",
    joinedDaysAgo: 1540,
  },
  {
    handle: "ines",
    name: "Inês Carvalho",
    bio: "Makes the cheese at Ashlea, three miles up the lane, from forty goats and a neighbour’s cows.",
    joinedDaysAgo: 1215,
  },
  {
    handle: "jaswinder",
    name: "Jaswinder Gill",
    bio: "Mason and keeper of the hall. Relaid the oven floor brick by brick; ask about bookings, or about lime.",
    joinedDaysAgo: 905,
  },
  {
    handle: "kit",
    name: "Kit Ashdown",
    bio: "Apprentice baker since last spring. Draws the labels, burns the odd roll.",
    joinedDaysAgo: 560,
  },
  {
    handle: "leonie",
    name: "Léonie Baptiste",
    bio: "Preserves, pickles and the seed library. Knows whose plum tree hangs over whose wall.",
    joinedDaysAgo: 1390,
  },
];

/** Where a seeded person gets mail: a domain that nobody can own. */
export function emailOf(handle: string): string {
  return `${handle}@rose-ash.example`;
}
