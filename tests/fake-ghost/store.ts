import { randomBytes } from "node:crypto";
import { htmlOf, KNOWN_NODES, nodesOf } from "./lexical.ts";

export interface FakeTag {
  id: string;
  name: string;
  slug: string;
}
export interface FakeStaff {
  id: string;
  name: string;
  email: string;
}
export interface FakePiece {
  [field: string]: unknown;
  id: string;
  title: string;
  slug: string;
  lexical: string | null;
  html: string;
  status: string;
  visibility: string;
  featured: boolean;
  updated_at: string;
  published_at: string | null;
  tags: FakeTag[];
  authors: FakeStaff[];
}
export interface FakeMember {
  id: string;
  email: string;
  name: string | null;
  created_at: string;
  updated_at: string;
  newsletters: { id: string; name: string; status: string }[];
  labels: { id: string; name: string; slug: string }[];
  email_suppression: { suppressed: boolean; info: null };
}
export type Collection = "posts" | "pages";

/** Ghost's refusal, as its API words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** As they were measured: ids that a client sends are not taken, dates have seconds, a taken slug gets another ending. */
export class FakeStore {
  readonly posts: FakePiece[] = [];
  readonly pages: FakePiece[] = [];
  readonly tags: FakeTag[] = [];
  readonly staff: FakeStaff[] = [
    { id: newId(), name: "Olive Owner", email: "owner@ghost.example" },
    { id: newId(), name: "Ada Marlowe", email: "ada@rose-ash.test" },
  ];
  readonly newsletters = [
    { id: newId(), name: "The Old Dairy", slug: "default-newsletter", description: null, status: "active", sort_order: 0 },
    { id: newId(), name: "Weekly digest", slug: "weekly", description: "Each Friday", status: "active", sort_order: 1 },
  ];
  readonly members: FakeMember[] = [];
  readonly settings: { key: string; value: unknown }[] = [];
  /** What would have been mailed. */
  readonly mailings: string[] = [];
  #offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  /** Lets time pass. */
  advance(ms: number): void {
    this.#offsetMs += ms;
  }

  stamp(): string {
    return `${this.now().toISOString().slice(0, 19)}.000Z`;
  }

  find(collection: Collection, id: string): FakePiece {
    const found = this[collection].find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, "NotFoundError", "Resource not found error, cannot read post.");
    return found;
  }

  add(collection: Collection, given: Record<string, unknown>): FakePiece {
    const id = newId();
    const piece: FakePiece = {
      ...{ title: "(Untitled)", visibility: "public", featured: false, status: "draft", lexical: null, html: "" },
      ...{ custom_excerpt: null, canonical_url: null, feature_image: null, feature_image_alt: null, feature_image_caption: null },
      ...{ meta_title: null, meta_description: null, og_title: null, og_description: null, og_image: null },
      ...{ twitter_title: null, twitter_description: null, twitter_image: null, codeinjection_head: null, codeinjection_foot: null },
      ...{ published_at: null, tags: [], authors: this.staff.slice(0, 1) },
      ...{ slug: this.#freeSlug(String(given["slug"] ?? given["title"] ?? "untitled")), updated_at: this.stamp() },
      id,
    };
    this.#write(piece, given);
    if (typeof given["updated_at"] === "string") piece.updated_at = given["updated_at"]; // a writer may say when
    this[collection].push(piece);
    return piece;
  }

  /** What carries the date that stands there is taken: also a second one within the same second. */
  edit(collection: Collection, id: string, given: Record<string, unknown>): FakePiece {
    const piece = this.find(collection, id);
    if (typeof given["updated_at"] !== "string") throw new Refusal(422, "ValidationError", "Validation failed for 0.");
    if (Date.parse(given["updated_at"]) !== Date.parse(piece.updated_at)) {
      throw new Refusal(409, "UpdateCollisionError", "Saving failed! Someone else is editing this post.");
    }
    this.#write(piece, given);
    piece.updated_at = this.stamp();
    return piece;
  }

  remove(collection: Collection, id: string): FakePiece {
    const piece = this.find(collection, id);
    this[collection].splice(this[collection].indexOf(piece), 1);
    return piece;
  }

  /** A member; lists: by their slugs; tags: the names of labels. */
  addMember(
    email: string,
    { lists = [], tags = [], ...fields }: { lists?: string[]; tags?: string[] } & Partial<FakeMember> = {},
  ): FakeMember {
    const member: FakeMember = {
      ...{ id: newId(), email, name: null, created_at: this.stamp(), updated_at: this.stamp(), labels: [], newsletters: [] },
      ...{ email_suppression: { suppressed: false, info: null }, ...fields },
    };
    this.subscribe(member, lists);
    member.labels = tags.map((name) => ({ id: newId(), name, slug: slugOf(name) }));
    this.members.push(member);
    return member;
  }

  subscribe(member: FakeMember, lists: string[]): void {
    member.newsletters = this.newsletters.filter(({ slug }) => lists.includes(slug)).map(({ id, name, status }) => ({ id, name, status }));
    member.updated_at = this.stamp();
  }

  /** Of an existing name it makes a second one. */
  addTag(name: string): FakeTag {
    const base = slugOf(name.startsWith("#") ? `hash-${name.slice(1)}` : name);
    let slug = base;
    for (let number = 2; this.tags.some((tag) => tag.slug === slug); number++) slug = `${base}-${number}`;
    const tag = { id: newId(), name, slug };
    this.tags.push(tag);
    return tag;
  }

  /** Touches no post. */
  removeTag(id: string): void {
    this.tags.splice(0, this.tags.length, ...this.tags.filter((tag) => tag.id !== id));
    for (const piece of [...this.posts, ...this.pages]) piece.tags = piece.tags.filter((tag) => tag.id !== id);
  }

  /** As an editor's bulk action does: no new date. */
  bulk(ids: readonly string[], change: Partial<FakePiece>): void {
    for (const id of ids) Object.assign(this.find("posts", id), change);
  }

  #write(piece: FakePiece, given: Record<string, unknown>): void {
    const { id: _id, uuid: _uuid, tags, authors, slug, lexical, updated_at: _date, ...fields } = given;
    if (lexical !== undefined && given["mobiledoc"] !== undefined) throw new Refusal(422, "ValidationError", "Validation failed for 0.");
    const known = Object.fromEntries(Object.entries(fields).filter(([key]) => key in piece)); // an unknown field is dropped
    if (typeof lexical === "string") {
      const [first] = nodesOf(lexical);
      if (first !== undefined && !KNOWN_NODES.has(first.type))
        throw new Refusal(422, "ValidationError", "Validation error, cannot save post.");
      Object.assign(piece, { lexical, html: htmlOf(lexical) });
    }
    const wasOut = piece.status === "published";
    Object.assign(piece, known);
    if (typeof slug === "string" && slug !== piece.slug) piece.slug = this.#freeSlug(slug);
    if (Array.isArray(tags)) piece.tags = tags.map((tag) => this.#tagOf(tag));
    if (Array.isArray(authors)) piece.authors = authors.map((author) => this.#authorOf(author));
    if (piece.status === "published" && !wasOut) piece.published_at ??= this.stamp();
    if (typeof piece.published_at === "string") piece.published_at = new Date(piece.published_at).toISOString();
  }

  #tagOf(given: unknown): FakeTag {
    if (typeof given === "object" && given !== null && "id" in given) {
      const found = this.tags.find(({ id }) => id === given.id);
      if (found) return found;
    }
    const name = typeof given === "string" ? given : String((given as { name?: unknown }).name ?? "");
    return this.addTag(name);
  }

  /** Nobody of that address: the owner, without a word. */
  #authorOf(given: { id?: string; email?: string }): FakeStaff {
    const owner = this.staff[0];
    if (owner === undefined) throw new Error("a Ghost has an owner");
    return this.staff.find(({ id, email }) => id === given.id || email === given.email) ?? owner;
  }

  #freeSlug(wanted: string): string {
    const base = slugOf(wanted);
    const taken = (slug: string) => [...this.posts, ...this.pages].some((one) => one.slug === slug);
    let slug = base;
    for (let number = 2; taken(slug); number++) slug = `${base}-${number}`;
    return slug;
  }
}

function newId(): string {
  return randomBytes(12).toString("hex");
}

function slugOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
