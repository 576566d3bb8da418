import { isText, Markup, type Text } from "./markup.ts";
import { text } from "./text.ts";
import { Undefined } from "./undefined.ts";
import { TemplateObject } from "./values.ts";

const SPECIAL = /[&<>"']/;

/** The HTML of a value. */
export function escapeHtml(value: unknown): string {
  if (typeof value === "string") return escapeText(value);
  if (value instanceof Markup) return value.html;
  if (value === undefined || value instanceof Undefined) return "";
  return (value instanceof TemplateObject ? value.html : undefined) ?? escapeText(text(value));
}

/** A value as safe HTML. */
export function escaped(value: unknown): Markup {
  return value instanceof Markup ? value : new Markup(escapeHtml(value));
}

/** A value as text; safe text stays safe. */
export function softText(value: unknown): Text {
  return isText(value) ? value : text(value);
}

function escapeText(value: string): string {
  const first = value.search(SPECIAL);
  if (first < 0) return value;
  let made = value.slice(0, first);
  let from = first;
  for (let index = first; index < value.length; index++) {
    const entity = entityOf(value.charCodeAt(index));
    if (entity === "") continue;
    made += value.slice(from, index) + entity;
    from = index + 1;
  }
  return made + value.slice(from);
}

function entityOf(code: number): string {
  switch (code) {
    case 38:
      return "&amp;";
    case 60:
      return "&lt;";
    case 62:
      return "&gt;";
    case 34:
      return "&#34;";
    case 39:
      return "&#39;";
    default:
      return "";
  }
}
