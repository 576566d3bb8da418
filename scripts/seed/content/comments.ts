/** What people said under posts. by: a member's handle, or a name elsewhere. answers: the number of one above it under the same post, from 0. */
export interface SeedComment {
  readonly post: string;
  readonly by: string;
  readonly text: string;
  readonly daysAgo: number;
  readonly answers?: number;
  readonly warning?: string;
  readonly isWaiting?: true;
}

/** Whoever lives elsewhere: nobody's real server. */
export const NEIGHBOUR = { name: "Mae of the allotments", handle: "mae", host: "allotments.example" } as const;

export const COMMENTS: readonly SeedComment[] = [
  {
    post: "agm-in-plain-words",
    by: "grace",
    text: "Thank you for writing it so that one can read it on the bus. I had never understood what the reserve is for.",
    daysAgo: 5,
  },
  {
    post: "agm-in-plain-words",
    by: "mae",
    text: "We are forty plots and one shed, and have just copied your rule about the two signatures. May we print this?",
    daysAgo: 4,
  },
  {
    post: "agm-in-plain-words",
    by: "bilal",
    text: "Please do, with our name on it. Come and tell us how it goes.",
    daysAgo: 4,
    answers: 1,
  },
  {
    post: "rebuilding-the-oven",
    by: "hamish",
    text: "The old bricks came out in one piece, most of them. Whoever wants some for a garden wall: they are behind the shed until Sunday.",
    daysAgo: 3,
  },
  {
    post: "rebuilding-the-oven",
    by: "mae",
    text: "The last picture is not for anybody who loved the old one. I cried a little.",
    warning: "The old oven, in pieces",
    daysAgo: 2,
  },
  {
    post: "rebuilding-the-oven",
    by: "kit",
    text: "Is the first bake open to everybody, or for members only?",
    daysAgo: 1,
    isWaiting: true,
  },
];
