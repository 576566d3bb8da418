import type { WritingService } from "@rose-ash/shared/contracts/writing.ts";

/** For whom a piece may be: everybody, every member, or one group; the present one is always among them. */
export async function audienceOptions(
  writing: Pick<WritingService, "listGroups">,
  present: string | null,
): Promise<{ value: string; label: string }[]> {
  const groups = await writing.listGroups();
  const all = present === null || present === "coop" ? groups : [...new Set([present, ...groups])];
  return [
    { value: "", label: "Everybody" },
    { value: "coop", label: "Members" },
    ...all.map((group) => ({ value: group, label: `The group “${group}”` })),
  ];
}
