import type { WritingService } from "@rose-ash/shared/contracts/writing.ts";
import type { FastifyRequest } from "fastify";

type Reach = Awaited<ReturnType<WritingService["getReach"]>>;

const NOTHING: Reach = { isEverything: false, hasPosts: false, hasPages: false };
const asked = new WeakMap<FastifyRequest, Promise<Reach>>();

/** What whoever asks edits. Three sections of the menu want to know: it is looked up once for a request, and anew for the next. */
export function reachOf(request: FastifyRequest): Promise<Reach> {
  const { viewer, server } = request;
  if (viewer.kind !== "member") return Promise.resolve(NOTHING);
  const reach = asked.get(request) ?? server.services.writing.getReach(viewer.userId);
  asked.set(request, reach);
  return reach;
}

/** Whether whoever asks writes something of the blog. */
export async function isWriter(request: FastifyRequest): Promise<boolean> {
  const { hasPosts, hasPages } = await reachOf(request);
  return hasPosts || hasPages;
}
