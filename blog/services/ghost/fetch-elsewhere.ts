import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { fetchOutside, type Outside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { MEDIA_TYPES } from "@rose-ash/shared/models/media.ts";
import type { FetchElsewhere } from "./parts.ts";

const FILES = Object.keys(MEDIA_TYPES).filter((type) => type !== "image/svg+xml");
const PICTURES = FILES.filter((type) => type.startsWith("image/"));

const WORDS = {
  "not-public": "its address is not one of the open internet",
  unreachable: "its site does not answer",
  slow: "its site is too slow",
  "too-large": "it is too large",
  "wrong-type": "it is nothing that can be taken",
  status: "its site does not give it",
  redirects: "its site leads around in circles",
} as const;

/** Pictures and files of other sites that texts show. They are read by their bytes afterwards: what a site says of them proves nothing. */
export function makeFetchElsewhere(outside?: Outside): FetchElsewhere {
  return async (url, what, timeoutMs) => {
    const limits =
      what === "pictures" ? { accept: PICTURES, maxBytes: MEDIA_LIMITS.pictureBytes } : { accept: FILES, maxBytes: MEDIA_LIMITS.fileBytes };
    const answer = await fetchOutside({ url, timeoutMs, ...limits }, outside);
    return answer.kind === "fetched" ? answer.body : WORDS[answer.reason];
  };
}
