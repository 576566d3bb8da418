import { type GhostClient, GhostError } from "./client.ts";

/** Stands for a Ghost that can't be asked. url: whose addresses texts name, "" where nobody knows. */
export function noGhost(url: string): GhostClient {
  const refuse = async () => {
    throw new GhostError(0, "there is no Ghost to be asked");
  };
  return { url, get: refuse, put: refuse, post: refuse, remove: refuse, file: async () => null };
}
