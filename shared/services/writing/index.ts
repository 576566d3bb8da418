import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { WritingService } from "../../contracts/writing.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { mayEdit, reachOf } from "./access.ts";
import { deleteBinned, moveToBin, restoreFromBin } from "./bin.ts";
import { createPage } from "./create-page.ts";
import { createPost } from "./create-post.ts";
import { ensureTags } from "./ensure-tags.ts";
import { publish, publishDue, schedule, unpublish } from "./publishing.ts";
import { readPage } from "./read-page.ts";
import { readPost } from "./read-post.ts";
import { findRedirect } from "./redirects.ts";
import { savePage } from "./save-page.ts";
import { savePost } from "./save-post.ts";

/** What editors do, over PostgreSQL; who may is asked of the relations. */
export function makeWritingService({ db, clock }: ServiceDeps, { relations }: { relations: RelationsService }): WritingService {
  return {
    async getReach(editor) {
      const reach = await reachOf(relations, editor);
      if (reach.isEverything) return "everything";
      return reach.posts.length + reach.pages.length > 0 ? "some" : "nothing";
    },
    mayEdit: (editor, piece) => mayEdit(relations, editor, piece),
    async getForEditing(editor, piece) {
      const found = (await mayEdit(relations, editor, piece))
        ? await (piece.kind === "post" ? readPost(db, piece.id) : readPage(db, piece.id))
        : null;
      if (found === null) throw new CodedError("not-found", "There is nothing here that you could edit.", { piece });
      return found;
    },
    findPost: (id) => readPost(db, id),
    findPage: (id) => readPage(db, id),
    createPost,
    createPage,
    savePost,
    savePage,
    publish: (tx, piece, { by, at }) => publish(tx, piece, { by, at, now: clock.now() }),
    schedule: (tx, post, at) => schedule(tx, post, { at, now: clock.now() }),
    unpublish,
    moveToBin,
    restoreFromBin,
    publishDue,
    deleteBinned,
    findRedirect: (path) => findRedirect(db, path),
    ensureTags,
  };
}
