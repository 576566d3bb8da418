import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { GhostPiece } from "../resources.ts";

/** A post or page of a file. trouble: why it can't be read; then there is no piece. notes: what does not come along. */
export interface ExportedPiece {
  readonly kind: PieceKind;
  /** "": nothing in the file names it. */
  readonly ghostId: string;
  readonly title: string;
  readonly slug: string;
  readonly piece: GhostPiece | null;
  readonly trouble: string | null;
  readonly notes: readonly string[];
}
