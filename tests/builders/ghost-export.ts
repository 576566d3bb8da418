import { randomBytes, randomUUID } from "node:crypto";
import { lexicalOf } from "../fake-ghost/index.ts";

type Row = Record<string, unknown>;

/** An exported file in the making: tables as Ghost 6 writes them, with what is asked for in them. */
export interface ExportBuilder {
  readonly data: Record<string, Row[]>;
  /** Gives the row's id. */
  post(fields: Row): string;
  tag(name: string, post: string): void;
  author(fields: { name: string; email: string }, post: string): void;
  json(): string;
  bytes(): Buffer;
}

/** A file of the site that Ghost exports, of Ghost 6 unless another version is said. */
export function aGhostExport(version = "6.65.0"): ExportBuilder {
  const data: Record<string, Row[]> = {
    ...{ posts: [], posts_meta: [], tags: [], posts_tags: [], users: [], posts_authors: [] },
    ...{ settings: [{ id: objectId(), key: "title", value: "The Old Dairy" }], newsletters: [], snippets: [] },
  };
  const rows = (table: string) => data[table] as Row[]; // each stands above
  const json = () => JSON.stringify({ db: [{ meta: { exported_on: Date.UTC(2026, 10, 20), version }, data }] });
  return {
    data,
    post(fields) {
      const id = String(fields["id"] ?? objectId());
      rows("posts").push({ ...POST, uuid: randomUUID(), lexical: lexicalOf("Rye needs a night."), ...fields, id });
      return id;
    },
    tag(name, post) {
      const known = rows("tags").find((tag) => tag["name"] === name);
      const tag = known ?? { id: objectId(), name, slug: name.toLowerCase(), description: null, visibility: "public" };
      if (known === undefined) rows("tags").push(tag);
      const order = rows("posts_tags").filter((one) => one["post_id"] === post).length;
      rows("posts_tags").unshift({ id: objectId(), post_id: post, tag_id: tag["id"], sort_order: order }); // not in order
    },
    author({ name, email }, post) {
      const user = { id: objectId(), name, slug: name.toLowerCase(), email, bio: null };
      rows("users").push(user);
      rows("posts_authors").push({ id: objectId(), post_id: post, author_id: user.id, sort_order: 0 });
    },
    json,
    bytes: () => Buffer.from(json()),
  };
}

function objectId(): string {
  return randomBytes(12).toString("hex");
}

/** What a row of Ghost's has beside its title and its text. */
const POST: Row = {
  ...{ title: "Rye", slug: "rye", mobiledoc: null, html: null, comment_id: null, plaintext: null, feature_image: null, featured: 0 },
  ...{ type: "post", status: "published", locale: null, visibility: "public", email_recipient_filter: "all", custom_excerpt: null },
  ...{ created_at: "2020-01-01T10:00:00.000Z", updated_at: "2020-02-01T10:00:00.000Z", published_at: "2020-01-02T10:00:00.000Z" },
  ...{ codeinjection_head: null, codeinjection_foot: null, custom_template: null, canonical_url: null, newsletter_id: null },
};
