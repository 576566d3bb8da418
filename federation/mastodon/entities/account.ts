import type { AccountView } from "@rose-ash/shared/contracts/people.ts";
import { accountIdOf } from "../ids.ts";
import { htmlForApps } from "./html.ts";

/** The address of a path on this host, complete. */
export type At = (path: string) => string;

export const MISSING = { avatar: "/avatars/original/missing.png", header: "/headers/original/missing.png" } as const;

export type Account = ReturnType<typeof account>;

/** Somebody as apps show them (docs: entities/Account). moved: where they went. */
export function account(view: AccountView, at: At, moved: AccountView | null) {
  return { ...accountAlone(view, at), ...(moved === null ? {} : { moved: accountAlone(moved, at) }) };
}

function accountAlone(view: AccountView, at: At) {
  const avatar = at(view.picture?.url ?? MISSING.avatar);
  const header = at(MISSING.header);
  const username = view.handle.slice(1).split("@")[0] ?? "";
  return {
    ...{
      id: accountIdOf(view.uri),
      username,
      acct: view.isOurs && !view.isService ? username : view.handle.slice(1),
      display_name: view.name,
    },
    ...{ locked: view.isLocked, bot: view.isService, discoverable: true, indexable: false, group: view.isGroup },
    ...{ created_at: (view.since ?? new Date(0)).toISOString(), note: htmlForApps(view.html), url: view.url, uri: view.uri },
    ...{ avatar, avatar_static: avatar, avatar_description: "", header, header_static: header, header_description: "" },
    ...{ followers_count: view.counts.followers, following_count: view.counts.following, statuses_count: view.counts.statuses },
    last_status_at: view.lastSaidAt?.toISOString().slice(0, 10) ?? null,
    ...{ hide_collections: false, noindex: !view.isOurs, emojis: [], roles: [] },
    fields: view.fields.map(field),
  };
}

function field({ name, text, href, verifiedAt }: AccountView["fields"][number]) {
  const words = escaped(text);
  const value = href === null ? words : `<a href="${escaped(href)}" target="_blank" rel="nofollow noopener noreferrer me">${words}</a>`;
  return { name, value, verified_at: verifiedAt?.toISOString() ?? null };
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** What a member says of themselves, as it was typed. */
export interface OwnWords {
  readonly bio: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly requests: number;
}

/** The member's own account, with what forms of apps begin with (docs: entities/Account#CredentialAccount). */
export function credentialAccount(own: Account, { bio, fields, requests }: OwnWords) {
  const source = {
    ...{ privacy: "public", sensitive: false, language: "en", note: bio, follow_requests_count: requests },
    fields: fields.map(({ name, value }, index) => ({ name, value, verified_at: own.fields[index]?.verified_at ?? null })),
    ...{ hide_collections: false, discoverable: true, indexable: false },
  };
  return { ...own, source, role: { id: "-99", name: "", permissions: "0", color: "", highlighted: false } };
}
