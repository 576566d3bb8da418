/** For whom something is, in the words of a sentence: "for members", "for the group bakers". null: for everybody. */
export function audienceWords(audience: string | null): string | null {
  if (audience === null) return null;
  return audience === "coop" ? "for members" : `for the group ${audience}`;
}
