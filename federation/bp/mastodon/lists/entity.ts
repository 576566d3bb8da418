import type { ListView } from "@rose-ash/shared/contracts/people.ts";

/** A list of people (docs: entities/List). */
export const listEntity = ({ id, name }: Pick<ListView, "id" | "name">) => ({
  id: String(id),
  title: name,
  replies_policy: "list",
  exclusive: false,
});
