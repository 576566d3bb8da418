import type { BlogService } from "@rose-ash/shared/contracts/blog.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";

/** What is at a path; or, where nothing is, to which path it has moved. Throws not-found when it has never been there. */
export async function findOrMoved<P>(
  blog: BlogService,
  path: string,
  look: () => Promise<P>,
): Promise<{ kind: "here"; page: P } | { kind: "moved"; to: string }> {
  try {
    return { kind: "here", page: await look() };
  } catch (error) {
    if (!(error instanceof CodedError && error.code === "not-found")) throw error;
    const to = await blog.findMoved(path);
    if (to === null) throw error;
    return { kind: "moved", to };
  }
}
