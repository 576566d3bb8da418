import type { FieldView } from "../../contracts/people.ts";
import { plainText } from "../../infrastructure/sanitise-html.ts";
import type { StoredDocument } from "../../models/fediverse.ts";
import { shownName } from "./shown-name.ts";

const MOST = { fields: 8, name: 80, value: 300, html: 4000 };

/** A page of the web as fields may name it: http or https, nobody's name in front of the host; null: it is none. */
function linkOf(value: string): string | null {
  const url = /^https?:\/\/\S+$/i.test(value.trim()) ? URL.parse(value.trim()) : null;
  return url === null || url.username !== "" || url.password !== "" || url.href.length > MOST.value ? null : url.href;
}

/** A line that was given as plain text: what is an address is a link, and shown whole. */
export function textField(name: string, value: string): FieldView {
  const href = linkOf(value);
  return { name: shownName(name, "…").slice(0, MOST.name), text: href ?? value.slice(0, MOST.value), href, verifiedAt: null };
}

/** The lines of an actor elsewhere (PropertyValue of schema.org): a link among them is shown by its address, whatever it calls itself. */
export function remoteFields(document: StoredDocument): FieldView[] {
  const all = Array.isArray(document["attachment"]) ? document["attachment"] : [document["attachment"]];
  return all
    .filter((one): one is Record<string, unknown> => typeof one === "object" && one !== null)
    .filter(({ type, value, name }) => isNamed(type, "PropertyValue") && typeof value === "string" && typeof name === "string")
    .slice(0, MOST.fields)
    .map(({ name, value }) => {
      const html = String(value).slice(0, MOST.html);
      const [, quoted = ""] = /<a\s[^<>]*?href="([^"<>]+)"/i.exec(html) ?? [];
      const plain = plainText(html).slice(0, MOST.value);
      return textField(plainText(String(name)), linkOf(decoded(quoted)) ?? plain);
    });
}

const decoded = (attribute: string): string => attribute.replaceAll("&amp;", "&");
const isNamed = (type: unknown, name: string): boolean =>
  [type]
    .flat()
    .some((one) => one === name || one === `schema:${name}` || one === `http://schema.org#${name}` || one === `http://schema.org/${name}`);
