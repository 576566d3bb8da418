import { expect, it } from "vitest";
import { takesHtml } from "./takes-html.ts";

it.each([
  [undefined, true],
  ["", true],
  ["*/*", true],
  ["text/*;q=0.5", true],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
  ["text/html, application/json;q=0.9", true],
  ["application/json, text/html", true],
  ["image/avif,image/webp", false],
  ["text/plain", false],
  ["application/json", false],
  ["application/json, text/plain, */*", false],
  ["application/activity+json", false],
  ['application/ld+json; profile="https://www.w3.org/ns/activitystreams", application/activity+json, text/html;q=0.1', false],
  ["application/activity+json, text/html;q=0", false],
  ["json", false],
])("of %s: %s", (accept, takes) => {
  expect(takesHtml(accept)).toBe(takes);
});
