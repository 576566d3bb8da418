import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { preHandlerAsyncHookHandler } from "fastify";

type Editing = { user: number; part: number };
const EDITED: readonly RelationHandle<Editing>[] = [
  { relation: "blog.editor", columns: { user: "user", part: "post" } },
  { relation: "blog.editor", columns: { user: "user", part: "page" } },
];

/** A preHandler for what goes with writing: whoever edits the blog, or one piece of it, brings pictures for it and finds them. */
export const writersOnly: preHandlerAsyncHookHandler = async (request) => {
  const { viewer, server } = request;
  if (viewer.kind !== "member") throw nothingHere();
  const { userId } = viewer;
  const { relations } = server.services;
  const actions = await relations.listActions(userId, server.appName);
  if (!actions.includes("edit")) {
    const edited = await Promise.all(EDITED.map((handle) => relations.list(handle, { user: userId })));
    if (edited.flat().length === 0) throw nothingHere();
  }
  request.admin = { userId, actions };
};
