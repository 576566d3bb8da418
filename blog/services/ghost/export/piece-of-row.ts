import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { z } from "zod";
import { type GhostPiece, ghostPiece } from "../resources.ts";
import type { ExportedPiece } from "./exported-piece.ts";
import { documentOfMarkdown, documentOfMobiledoc } from "./mobiledoc.ts";

type Row = Readonly<Record<string, unknown>>;

/** The other tables of a file, by what they are looked up with. */
export interface ExportRows {
  readonly tags: ReadonlyMap<string, Row>;
  readonly users: ReadonlyMap<string, Row>;
  readonly tagsOf: ReadonlyMap<string, readonly string[]>;
  readonly authorsOf: ReadonlyMap<string, readonly string[]>;
  /** Empty where that table says nothing of a post. */
  metaOf(post: string): Row;
}

const MOST_TITLE = 300;
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i; // as JSON writes what no text of PostgreSQL holds
const OBJECT_ID = /^[0-9a-f]{24}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A row of the table of posts, with what other tables say of it, as the Admin API gives a piece. */
export function pieceOfRow(given: unknown, around: ExportRows): ExportedPiece {
  const row = z.looseObject({}).safeParse(given).data;
  if (row === undefined) return { ...NAMELESS, trouble: "It is not as Ghost writes a post." };
  const id = String(row["id"]);
  const meta = around.metaOf(id);
  const text = textOf(row);
  const piece = ghostPiece.safeParse({
    ...meta,
    ...definedOf(row),
    ...{ codeinjection_head: "", codeinjection_foot: "" },
    ...{ id: idOf(row), lexical: text.lexical, html: text.html },
    ...{ published_at: dateOf(row["published_at"]), updated_at: dateOf(row["updated_at"]) },
    ...{ feature_image: fileUrl(row["feature_image"] ?? row["image"]), featured: row["featured"] === true || row["featured"] === 1 },
    tags: (around.tagsOf.get(id) ?? []).flatMap((tag) => tagOf(around.tags.get(tag))),
    authors: authorsOf(row, id, around),
  });
  const isPage = row["type"] === "page" || row["page"] === true || row["page"] === 1;
  const found = { kind: isPage ? ("page" as const) : ("post" as const), ...namesOf(row), notes: [...text.notes, ...notesOf(row)] };
  if (!piece.success) return { ...found, ghostId: idOf(row), piece: null, trouble: wordsOf(piece.error) };
  const trouble = troubleOf(piece.data);
  return { ...found, ghostId: piece.data.id, piece: trouble === null ? piece.data : null, trouble };
}

const NAMELESS = { kind: "post" as const, ghostId: "", title: "", slug: "", piece: null, notes: [] };

/** Numbers were given anew by each site: there the uuid names it. */
function idOf(row: Row): string {
  const [id, uuid] = [String(row["id"] ?? ""), String(row["uuid"] ?? "")];
  return OBJECT_ID.test(id) ? id : UUID.test(uuid) ? uuid.toLowerCase() : "";
}

function namesOf(row: Row): { title: string; slug: string } {
  const clean = (value: unknown) => (typeof value === "string" ? value.replaceAll("\0", "").toWellFormed().slice(0, MOST_TITLE) : "");
  return { title: clean(row["title"]), slug: clean(row["slug"]) };
}

function troubleOf(piece: GhostPiece): string | null {
  if (piece.id === "") return "Nothing in the file names it: it has neither an id of Ghost's nor a uuid.";
  return UNSTORABLE.test(JSON.stringify(piece)) ? "There is a character in it that can't be kept." : null;
}

/** What an old row has as null is what the other table says of it. */
function definedOf(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

interface Text {
  readonly lexical: string;
  readonly html: string;
  readonly notes: readonly string[];
}

/** The document of its time: Lexical, Mobiledoc or Markdown; the HTML where none can be read. */
function textOf(row: Row): Text {
  const written = (key: string) => (typeof row[key] === "string" ? withPlaces(row[key]) : "");
  const [lexical, mobiledoc, markdown] = [written("lexical"), written("mobiledoc"), written("markdown")];
  const html = written("html");
  if (lexical !== "") return { lexical, html, notes: [] };
  const of = (document: LexicalDocument, notes: readonly string[]) => ({ lexical: JSON.stringify(document), html, notes });
  const converted = mobiledoc === "" ? null : documentOfMobiledoc(mobiledoc);
  if (converted !== null) return of(converted, ["It was written in Ghost's old editor."]);
  if (markdown !== "") return of(documentOfMarkdown(markdown), ["It was written in Markdown."]);
  const isLost = mobiledoc !== "" && html === "";
  return { lexical: "", html, notes: isLost ? ["Its text can't be read: it comes without one."] : [] };
}

// a quote, a bracket or a space before it: the beginning of an address that has no site
const OWN_FILE = /(["'(\s])\/content\/(images|media|files)\//g;

/** Old exports have the paths of files, newer ones the site's place before them. */
function withPlaces(text: string): string {
  return text.replace(OWN_FILE, "$1__GHOST_URL__/content/$2/");
}

function fileUrl(value: unknown): string {
  const url = typeof value === "string" ? value : "";
  return url.startsWith("/content/") ? `__GHOST_URL__${url}` : url;
}

/** ISO, as a database writes it, or milliseconds; what is none of these is "". */
function dateOf(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const zoned = typeof value === "string" && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value.replace(" ", "T")}Z` : value;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999 ? "" : date.toISOString();
}

function tagOf(tag: Row | undefined): { id: string; name: string; slug: string }[] {
  if (typeof tag?.["name"] !== "string") return [];
  return [{ id: String(tag["id"]), name: tag["name"], slug: String(tag["slug"] ?? "") }];
}

function authorsOf(row: Row, id: string, { authorsOf: byPost, users }: ExportRows): object[] {
  const ids = byPost.get(id) ?? (row["author_id"] == null ? [] : [String(row["author_id"])]);
  return ids.flatMap((one) => {
    const user = users.get(one);
    return user ? [{ id: one, name: String(user["name"] ?? ""), email: String(user["email"] ?? "") }] : [];
  });
}

/** What of a piece does not come along. */
function notesOf(row: Row): string[] {
  const has = (key: string) => typeof row[key] === "string" && row[key] !== "";
  return [
    ...(row["status"] === "sent" ? ["It was only mailed: it comes as a draft."] : []),
    ...(has("codeinjection_head") || has("codeinjection_foot") ? ["Its injected code does not come along."] : []),
    ...(has("custom_template") ? ["Its template of a theme does not come along."] : []),
  ];
}

function wordsOf(error: z.ZodError): string {
  return `It is not as Ghost writes a post: ${error.issues
    .slice(0, 3)
    .map(({ path }) => path.join("."))
    .join(", ")}.`;
}
