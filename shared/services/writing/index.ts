import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { WritingService } from "../../contracts/writing.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { hasDesk, mayEdit, reachOf } from "./access.ts";
import { accessView } from "./access-view.ts";
import { deleteBinned, moveToBin, restoreFromBin } from "./bin.ts";
import { findMistakes } from "./check-piece.ts";
import { copyPage, copyPost } from "./copy-piece.ts";
import { createPage } from "./create-page.ts";
import { createPost } from "./create-post.ts";
import { ensureTags } from "./ensure-tags.ts";
import { listPages } from "./list-pages.ts";
import { listPosts } from "./list-posts.ts";
import { findPeople, findPostBySlug, findProducts, listGroups, namesOf } from "./look-ups.ts";
import { movePage, sortPage } from "./move-page.ts";
import { createPreviewLink, getPreview, listPreviewLinks, revokePreviewLink } from "./previews.ts";
import { publish, publishDue, schedule, unpublish } from "./publishing.ts";
import { readPage } from "./read-page.ts";
import { readPost } from "./read-post.ts";
import { keepOldAddress } from "./redirects.ts";
import { restoreRevision } from "./restore-revision.ts";
import { getRevision, listRevisions } from "./revisions.ts";
import { endRuns, joinRun } from "./runs.ts";
import { savePage } from "./save-page.ts";
import { savePost } from "./save-post.ts";
import { listSeries, removeSeries, saveSeries } from "./series.ts";
import { findTags, listTags, mergeTag, removeTag, saveTag } from "./tags.ts";

/** What editors do, over PostgreSQL; who may is asked of the relations. */
export function makeWritingService({ db, clock }: ServiceDeps, { relations }: { relations: RelationsService }): WritingService {
  return {
    async getReach(editor) {
      const reach = await reachOf(relations, editor);
      if (reach.isEverything) return { isEverything: true, hasPosts: true, hasPages: true };
      return { isEverything: false, hasPosts: reach.posts.length > 0, hasPages: reach.pages.length > 0 };
    },
    hasDesk: (userId) => hasDesk({ db, relations }, userId),
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
    listPosts: async (editor, filter, page) => listPosts(db, await reachOf(relations, editor), filter, page),
    listPages: async (editor, which) => listPages(db, await reachOf(relations, editor), which),
    findPostBySlug: (slug) => findPostBySlug(db, slug),
    findPeople: (handles) => findPeople(db, handles),
    findProducts: (slugs) => findProducts(db, slugs),
    namesOf: (ids) => namesOf(db, ids),
    listGroups: () => listGroups(db),
    findMistakes,
    createPost,
    createPage,
    savePost,
    savePage,
    joinRun,
    endRun: (tx, { kind, id }) => endRuns(tx, kind, [id]),
    copyPost,
    copyPage,
    publish: (tx, piece, { by, at }) => publish(tx, piece, { by, at, now: clock.now() }),
    schedule: (tx, post, at) => schedule(tx, post, { at, now: clock.now() }),
    unpublish,
    moveToBin,
    restoreFromBin,
    publishDue,
    deleteBinned,
    movePage,
    keepOldAddress,
    sortPage,
    listRevisions: (piece) => listRevisions(db, piece),
    getRevision: (piece, version) => getRevision(db, piece, version),
    restoreRevision,
    listPreviewLinks: (piece) => listPreviewLinks(db, piece, clock.now()),
    createPreviewLink: (tx, piece, link) => createPreviewLink(tx, piece, { ...link, now: clock.now() }),
    revokePreviewLink,
    getPreview: (secret) => getPreview(db, secret, clock.now()),
    listTags: () => listTags(db),
    findTags: (names) => findTags(db, names),
    ensureTags,
    saveTag,
    mergeTag,
    removeTag,
    listSeries: () => listSeries(db),
    saveSeries,
    removeSeries,
    getAccess: (editor, piece, asked) => accessView({ db, relations }, { editor, piece, asked }),
  };
}
