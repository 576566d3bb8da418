import type { DuesPeriod, GroupDoor } from "@rose-ash/shared/models/membership.ts";

interface SeedGroup {
  slug: string;
  name: string;
  description: string;
  door: GroupDoor;
  partOf?: string;
  dues?: { minor: number; period: DuesPeriod };
  people: readonly string[];
  /** Who has paid for a year that began so many days ago; a year has passed for some. */
  paid?: Readonly<Record<string, number>>;
  asking?: readonly string[];
}

/** Groups of the co-operative; those that are part of another come after it. */
export const GROUPS: readonly SeedGroup[] = [
  {
    slug: "shareholders",
    name: "Shareholders",
    description: "Owners of the co-operative, with a vote at the general meeting.",
    door: "asked",
    dues: { minor: 2400, period: "year" },
    people: ["ada", "bilal", "carys", "dov"],
    paid: { ada: 40, bilal: 90, carys: 500 },
    asking: ["efua"],
  },
  {
    slug: "night-bakers",
    name: "Night bakers",
    description: "Light the oven at three, and are asleep by nine.",
    door: "asked",
    partOf: "shareholders",
    people: ["bilal"],
  },
  {
    slug: "hens",
    name: "Hen keepers",
    description: "Feed, muck out and count eggs, by turns of a week. Nobody has to know anything about hens.",
    door: "open",
    dues: { minor: 150, period: "month" },
    people: ["carys"],
  },
];
