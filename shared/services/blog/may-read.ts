import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { Viewer } from "../../contracts/viewer.ts";
import type { PageId, PostId, UserId } from "../../models/ids.ts";

/** A published text; audience is the group that it is for, null for everybody. */
export type Text = { kind: "post"; id: PostId; audience: string | null } | { kind: "page"; id: PageId; audience: string | null };

const READABLE = "blog.readable";
const POST: RelationHandle<{ user: UserId; part: PostId }> = { relation: READABLE, columns: { user: "user", part: "post" } };
const PAGE: RelationHandle<{ user: UserId; part: PageId }> = { relation: READABLE, columns: { user: "user", part: "page" } };

/** Whether the viewer may read a text. What is for everybody needs no question; the rest follows from the relations. */
export function makeMayRead({ list }: Pick<RelationsService, "list">) {
  return async (viewer: Viewer, text: Text): Promise<boolean> => {
    if (text.audience === null) return true;
    if (viewer.kind !== "member") return false;
    const user = viewer.userId;
    const rows = text.kind === "post" ? await list(POST, { user, part: text.id }) : await list(PAGE, { user, part: text.id });
    return rows.length > 0;
  };
}
