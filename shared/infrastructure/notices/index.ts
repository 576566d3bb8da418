import type { FastifyRequest } from "fastify";
import { ACCOUNT_NOTICES } from "./account.ts";
import { BLOG_NOTICES } from "./blog.ts";
import { EVENTS_NOTICES } from "./events.ts";
import { HUB_NOTICES } from "./hub.ts";
import { LETTERS_NOTICES } from "./letters.ts";
import type { Notice } from "./notice.ts";
import { OPERATION_NOTICES } from "./operation.ts";
import { SHOP_NOTICES } from "./shop.ts";

/** What a page can be asked to say once, by code: an address never brings words of its own into a page. */
const NOTICES = {
  ...SHOP_NOTICES,
  ...EVENTS_NOTICES,
  ...BLOG_NOTICES,
  ...HUB_NOTICES,
  ...ACCOUNT_NOTICES,
  ...LETTERS_NOTICES,
  ...OPERATION_NOTICES,
};

/** What was just done, as an address can say it. */
export type NoticeCode = keyof typeof NOTICES;

/** The notice that the request's address names, if it is one of ours. */
export function noticeOf({ query }: Pick<FastifyRequest, "query">): Notice | null {
  const code = typeof query === "object" && query !== null && "notice" in query ? query.notice : undefined;
  return typeof code === "string" && isCode(code) ? NOTICES[code] : null;
}

function isCode(text: string): text is NoticeCode {
  return Object.hasOwn(NOTICES, text);
}

/** An address, a path or a whole URL, with a notice in its query; one that is there already gives way. */
export function withNotice(address: string, code: NoticeCode): string {
  const here = "http://here.invalid";
  const url = new URL(address, here);
  url.searchParams.set("notice", code);
  return url.origin === here ? url.pathname + url.search + url.hash : url.href;
}
