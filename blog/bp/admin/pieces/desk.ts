import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { FieldError, PieceForEditing, PieceKind, PieceRef, PieceStatus, SaveResult } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf, sectionOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { z } from "zod";

/** A form's values by the names of its fields, as they were typed. */
export type Values = Readonly<Record<string, string>>;

/** What the form's writer saw; status null: what follows the save makes it public or a draft, whatever it was. */
export interface Expected {
  version: number;
  status: PieceStatus | null;
}

/** A form that was read: what is wrong with it by the names of its fields, and how to save it if nothing is. */
export interface ReadForm {
  errors: readonly FieldError[];
  /** Whether it says anything else than what stands there. */
  isChanged: boolean;
  save(tx: Tx, expected: Expected): Promise<SaveResult>;
}

/** What posts and pages do each in their own way. */
export interface Desk {
  kind: PieceKind;
  template: string;
  /** The form's values of a piece as it stands. */
  valuesOf(piece: PieceForEditing): Values;
  readForm(request: FastifyRequest, piece: PieceForEditing, values: Values): Promise<ReadForm>;
  /** What the form offers to choose from. */
  optionsFor(request: FastifyRequest, piece: PieceForEditing): Promise<object>;
}

/** A piece's id in an address. */
export const pieceParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type PieceParams = z.output<typeof pieceParams>;

const MOST_FIELDS = 60;
const SAVE_BYTES = 4_194_304; // a document comes with its html

/** A form of which every field is text; a field that comes twice, and what no text of the database holds, is dropped. */
export const pieceBody = z.record(z.string(), z.unknown()).transform(
  (fields): Values =>
    Object.fromEntries(
      Object.entries(fields)
        .slice(0, MOST_FIELDS)
        .flatMap(([name, value]) => (typeof value === "string" ? [[name, cleaned(value)]] : [])),
    ),
);

/** For routes whose form holds a whole text. */
export const withText = { bodyLimit: SAVE_BYTES };

/** The pattern of an address of a piece of this kind. */
export function pieceRoute(kind: PieceKind, below = ""): string {
  return `/admin/${kind}s/:id(^[1-9]\\d{0,14}$)${below}`;
}

/** The address of a piece's page, or of one below it. */
export function pieceUrl({ kind, id }: PieceRef, below = ""): string {
  return `/admin/${kind}s/${id}${below}`;
}

/** An onRequest hook: who edits no piece of this kind finds nothing. */
export function deskOnly(kind: PieceKind): onRequestAsyncHookHandler {
  return sectionOnly(`/admin/${kind}s`);
}

/** What a form's writer saw, as a save says it. */
export function saveOf({ version, status }: Expected): { expectedVersion: number; expectedStatus?: PieceStatus } {
  return { expectedVersion: version, ...(status && { expectedStatus: status }) };
}

/** The piece that the address names, as far as whoever asks may edit it, and who that is. */
export async function lookUp(
  request: FastifyRequest<{ Params: PieceParams }>,
  kind: PieceKind,
): Promise<{ piece: PieceForEditing; userId: UserId; isEditor: boolean }> {
  const { userId, actions } = adminOf(request);
  const piece = await request.server.services.writing.getForEditing(userId, { kind, id: request.params.id } as PieceRef);
  return { piece, userId, isEditor: actions.includes("edit") };
}

function cleaned(text: string): string {
  return text.replaceAll("\u0000", "").replaceAll("\r\n", "\n");
}
