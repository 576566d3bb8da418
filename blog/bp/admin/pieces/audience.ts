import type { WritingService } from "@rose-ash/shared/contracts/writing.ts";

/** What a form says for a piece that is for everybody: a choice has to be made, and an empty one would be none. */
const EVERYBODY = "everybody";

/** An audience as a form says it. */
export function audienceValue(audience: string | null): string {
  return audience ?? EVERYBODY;
}

/** An audience as a form said it. */
export function readAudience(value: string): string | null {
  return value === "" || value === EVERYBODY ? null : value;
}

/** For whom a piece may be: everybody, every member, or one group; the present one is always among them. */
export async function audienceOptions(
  writing: Pick<WritingService, "listGroups">,
  present: string | null,
): Promise<{ value: string; label: string }[]> {
  const groups = await writing.listGroups();
  const all = present === null || present === "coop" ? groups : [...new Set([present, ...groups])];
  return [
    { value: EVERYBODY, label: "Everybody" },
    { value: "coop", label: "Members" },
    ...all.map((group) => ({ value: group, label: `The group “${group}”` })),
  ];
}
