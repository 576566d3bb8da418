import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { onRequestAsyncHookHandler } from "fastify";

/** An onRequest hook for what goes with writing: whoever edits the blog, or one piece of it, brings pictures for it and finds them. */
export const writersOnly: onRequestAsyncHookHandler = async (request) => {
  const { viewer, server } = request;
  if (viewer.kind !== "member") throw nothingHere();
  const { userId } = viewer;
  const { outgoing, relations, writing } = server.services;
  if ((await writing.getReach(userId)) === "nothing") throw nothingHere();
  const [actions, pause] = await Promise.all([relations.listActions(userId, server.appName), outgoing.findPause()]);
  request.admin = { userId, actions, pause };
};
