/** Something a member said in the hub; of answers: the key of what they answer. by, likes and boosts: handles. */
export interface SeedStatus {
  readonly key: string;
  readonly by: string;
  readonly hoursAgo: number;
  readonly text: string;
  readonly answers?: string;
  readonly warning?: string;
  readonly visibility?: "unlisted" | "followers" | "direct";
  readonly mentions?: readonly string[];
  readonly picture?: { readonly name: string; readonly alt: string };
  readonly poll?: readonly string[];
  readonly likes?: readonly string[];
  readonly boosts?: readonly string[];
}

/** Who follows whom: each of the second follows all of the first, by handle. */
export const FOLLOWS: readonly (readonly [string, readonly string[]])[] = [
  ["bilal", ["ada", "efua", "carys", "grace"]],
  ["carys", ["ada", "bilal", "hamish"]],
  ["efua", ["ada", "dov"]],
  ["grace", ["ada", "ines"]],
  ["hamish", ["ada", "carys"]],
  ["ada", ["bilal", "efua", "dov", "fintan"]],
];

/** Who follows the journal and the calendar. */
export const READERS: readonly string[] = ["ada", "bilal", "grace"];

/** Whose posts may be found by words in them. */
export const FINDABLE: readonly string[] = ["ada", "bilal", "carys", "hamish"];

/** The oldest first, as they were said. */
export const STATUSES: readonly SeedStatus[] = [
  {
    ...{ key: "ewes", by: "hamish", hoursAgo: 122, likes: ["carys", "ada"] },
    text: "Moved the ewes down off Harrow before the frost. The old dog did it, the young dog thought she did.",
  },
  {
    ...{ key: "leeks", by: "carys", hoursAgo: 98, likes: ["ada", "efua", "bilal"], boosts: ["bilal"] },
    text: "First leeks of the winter are up, straight and fat. Crates go to the shop tomorrow with the dew on.\n\n#leeks #seasonal",
    picture: { name: "leeks", alt: "A bunch of leeks with pale roots and dark green leaves, tied with string." },
  },
  {
    ...{ key: "leeks-soup", by: "efua", hoursAgo: 97, answers: "leeks", likes: ["carys"] },
    text: "@carys Keep me the crooked ones, they are for Thursday’s soup.",
    mentions: ["carys"],
  },
  {
    ...{ key: "leeks-crooked", by: "carys", hoursAgo: 96, answers: "leeks-soup" },
    text: "@efua A whole crate of crooked, then. They taste just as straight.",
    mentions: ["efua"],
  },
  {
    ...{ key: "poll", by: "bilal", hoursAgo: 50, likes: ["grace"] },
    text: "The oven has room for one more loaf on Fridays. Which shall it be? #bread",
    poll: ["Rye with caraway", "Spelt and honey", "Seeded tin loaf"],
  },
  {
    ...{ key: "knee", by: "hamish", hoursAgo: 40, warning: "Sheep, and a small amount of blood" },
    text: "Cut my hand on the wire at the top gate. The vet was there for the tup and put three stitches in me as well. No charge for the second patient.",
  },
  {
    ...{ key: "choir", by: "grace", hoursAgo: 27, boosts: ["bilal"] },
    text: "Choir on Wednesday is in the hall, not the loft: the loft is full of chairs. Bring the blue folder, and a jumper. #choir",
  },
  {
    ...{ key: "minutes", by: "ada", hoursAgo: 20, visibility: "followers" },
    text: "Minutes are with @dov for the figures. If you spoke on Tuesday and want to see how you come across, tell me before Friday.",
    mentions: ["dov"],
  },
  {
    ...{ key: "spelt", by: "bilal", hoursAgo: 6, likes: ["ada", "carys"], boosts: ["efua"] },
    text: "Test bake of the spelt, from this morning. The crumb is open and it keeps for days. #bread",
    picture: { name: "spelt-rolls", alt: "Spelt rolls with a dark crust, side by side on a board." },
  },
  {
    ...{ key: "spelt-ada", by: "ada", hoursAgo: 5, answers: "spelt", likes: ["bilal"] },
    text: "@bilal I had two slices “to be sure”. I am sure.",
    mentions: ["bilal"],
  },
];

/** Who chose which answer of the poll, by its place. */
export const VOTES: readonly (readonly [string, number])[] = [
  ["carys", 0],
  ["grace", 1],
  ["efua", 1],
  ["hamish", 2],
  ["dov", 1],
];
