import type { GhostLinkView } from "@rose-ash/shared/contracts/ghost.ts";
import { fieldWords } from "../../../services/ghost/index.ts";

/** A link as pages show it: with where its piece is edited on each side, null where it is not, and what differs in words. */
export function rowOf(ghostUrl: string, link: GhostLinkView) {
  const { kind, pieceId, ghostId } = link;
  return {
    ...link,
    editUrl: pieceId === null ? null : `/admin/${kind}s/${pieceId}`,
    ghostEditUrl: ghostId && `${ghostUrl}/ghost/#/editor/${kind}/${encodeURIComponent(ghostId)}`,
    differingWords: fieldWords(link.differing),
  };
}
