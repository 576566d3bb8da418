import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Viewer } from "@rose-ash/shared/contracts/viewer.ts";
import type { PieceRef, WritingService } from "@rose-ash/shared/contracts/writing.ts";

type Writing = Pick<WritingService, "mayEdit" | "hasDesk">;

const KNOWN_MS = 30_000;
const MOST_KNOWN = 10_000;
const answers = new WeakMap<Writing, Map<string, { is: boolean; at: number }>>();

/**
 * Where the viewer edits a piece that they read; null for whoever may not. Guests are never asked about: their pages are kept, and are
 * the same for all of them. What the relations say is remembered for half a minute, since asking takes longer than the page: it shows
 * or hides a link, and the editor decides anew.
 */
export async function editUrlOf({ writing }: Pick<Services, "writing">, viewer: Viewer, piece: PieceRef): Promise<string | null> {
  if (viewer.kind !== "member") return null;
  const { userId } = viewer;
  if (!(await remembered(writing, `${userId}`, () => writing.hasDesk(userId)))) return null; // most readers write nothing: one answer for all they read
  const mayEdit = await remembered(writing, `${userId} ${piece.kind} ${piece.id}`, () => writing.mayEdit(userId, piece));
  return mayEdit ? `/admin/${piece.kind}s/${piece.id}` : null;
}

async function remembered(writing: Writing, question: string, ask: () => Promise<boolean>): Promise<boolean> {
  const known = answers.get(writing) ?? new Map<string, { is: boolean; at: number }>();
  answers.set(writing, known);
  const before = known.get(question);
  if (before !== undefined && Date.now() - before.at < KNOWN_MS) return before.is;
  const is = await ask();
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(question, { is, at: Date.now() });
  return is;
}
