import type { StatusTies, StatusView, StatusVisibility } from "@rose-ash/shared/contracts/statuses.ts";
import { accountIdOf, idOfPlace, statusIdOf } from "../ids.ts";
import type { Account, At } from "./account.ts";
import { escaped } from "./account.ts";
import { htmlForApps } from "./html.ts";
import { mediaAttachment, remoteAttachment } from "./media-attachment.ts";
import { pollEntity } from "./poll.ts";

export const VISIBILITIES: Readonly<Record<StatusVisibility, string>> = {
  ...{ public: "public", unlisted: "unlisted", followers: "private", direct: "direct" },
};

/** What a status is shown with. accounts: by address. */
export interface Around {
  readonly at: At;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly ties: StatusTies;
  readonly isReader: boolean;
}

export type Status = ReturnType<typeof status>;

export const idOfStatus = ({ publishedAt, id }: Pick<StatusView, "publishedAt" | "id">) => statusIdOf(publishedAt, id);

/** A status (docs: entities/Status). Null where its author is not known any more. */
export function statusEntity(view: StatusView, around: Around): Status | null {
  const author = around.accounts.get(view.author.uri);
  return author === undefined ? null : status(view, author, around);
}

function status(view: StatusView, author: Account, { at, accounts, ties, isReader }: Around) {
  const id = idOfStatus(view);
  const { counts, mine, answers } = view;
  return {
    ...{ id, uri: view.uri, url: view.author.isOurs ? at(view.path) : view.url, created_at: view.publishedAt.toISOString() },
    edited_at: view.editedAt?.toISOString() ?? null,
    in_reply_to_id: answers?.parent ? idOfStatus(answers.parent) : null,
    in_reply_to_account_id: answers?.parent ? accountIdOf(answers.parent.actor) : null,
    ...{
      visibility: VISIBILITIES[view.visibility],
      language: view.language,
      sensitive: view.isSensitive || view.warning !== "",
      spoiler_text: view.warning,
    },
    ...{ content: contentOf(view), account: author, reblog: null as object | null },
    ...{ replies_count: counts.replies, reblogs_count: counts.boosts, favourites_count: counts.likes, quotes_count: 0 },
    media_attachments: [
      ...view.pictures.map((picture) => mediaAttachment({ id: picture.mediaId, picture, description: picture.alt }, at)),
      ...view.attachments.map((one, index) => remoteAttachment(one, `${id}-${index}`, { at, isForAll: view.mayBoost })),
    ],
    mentions: ties.mentions.flatMap((uri) => mentionOf(uri, view, accounts)),
    tags: ties.tags.map((tag) => ({ name: tag, url: at(`/tags/${encodeURIComponent(tag)}`) })),
    poll: view.poll === null ? null : pollEntity(view.poll, id, isReader),
    ...{ emojis: [], card: null, application: null, quote: null, text: undefined as string | undefined },
    ...(isReader
      ? {
          ...{ favourited: mine.liked, reblogged: mine.boosted, bookmarked: mine.bookmarked, muted: mine.threadMuted, filtered: [] },
          ...(view.isMine ? { pinned: mine.pinned } : {}),
        }
      : {}),
  };
}

/** A boost: a line of its own that holds the status. place: of the line. */
export function boostEntity(inner: Status, booster: Account, place: string, createdAt: Date) {
  const counts = { replies_count: 0, reblogs_count: 0, favourites_count: 0 };
  const none = {
    media_attachments: [],
    mentions: [],
    tags: [],
    poll: null,
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    edited_at: null,
  };
  const words = { content: inner.content, spoiler_text: inner.spoiler_text };
  const made = { id: idOfPlace(place), created_at: createdAt.toISOString(), uri: `${inner.uri}#boosted-${idOfPlace(place)}` };
  return { ...inner, ...counts, ...none, ...words, ...made, account: booster, reblog: inner };
}

/** What has a title says it first: a status of Mastodon has none. */
function contentOf({ name, html }: StatusView): string {
  return `${name === "" ? "" : `<p><strong>${escaped(name)}</strong></p>`}${htmlForApps(html)}`;
}

/** Apps find the account of a link in the text by its address, which is that of the actor or of their page. */
function mentionOf(uri: string, { html }: StatusView, accounts: Around["accounts"]) {
  const named = accounts.get(uri);
  if (named === undefined) return [];
  const { id, username, acct, url } = named;
  return [{ id, username, acct, url: html.includes(`href="${escaped(uri)}"`) ? uri : url }];
}
