import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTemplating } from "@rose-ash/shared/infrastructure/templating.ts";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const FILES = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.html"], { cwd: ROOT, encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((file) => !file.includes("/tests/"));
const TEMPLATES = Object.fromEntries(FILES.map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));

const TAG = /\{\{[-+]?\s*([\s\S]*?)\s*[-+]?\}\}|\{%[-+]?\s*([\s\S]*?)\s*[-+]?%\}|\{#[\s\S]*?#\}/g;

/** What may be printed without escaping: pieces that other services rendered, articles from the sanitiser, our own drawings. */
const SAFE = [
  "account/bp/dashboard/guest.html: fragments.nextEntries | safe",
  "account/bp/dashboard/show.html: fragments.summaries[loop.index0] | safe",
  "account/bp/letters/archived.html: letter.html | safe",
  "account/bp/texts/show.html: html | safe",
  "account/bp/tickets/show.html: fragments.another | safe",
  "account/bp/tickets/show.html: fragments.papers | safe",
  "account/templates/letters/mail.html: content | safe",
  "blog/bp/admin/pieces/show.html: theirs.text.html | safe",
  "blog/bp/home/show.html: fragments.greeting | safe",
  "blog/bp/home/show.html: fragments.newsletterBox | safe",
  "blog/bp/home/show.html: fragments.nextEntries | safe",
  "blog/bp/page/show.html: html | safe",
  "blog/bp/page/show.html: piece | safe",
  "blog/bp/post/show.html: card | safe",
  "blog/bp/post/show.html: fragments.newsletterBox | safe",
  "blog/bp/post/show.html: fragments.relatedPosts | safe",
  "blog/bp/post/show.html: html | safe",
  "blog/bp/preview/show.html: html | safe",
  "blog/bp/search/show.html: fragments.shop | safe",
  "events/bp/calendar/show.html: fragments.myTickets | safe",
  "events/bp/entry/show.html: html | safe",
  "federation/bp/admin/moderation/comments.html: one.html | safe",
  "federation/bp/comments/comment.html: one.html | safe",
  "federation/bp/people/show.html: profile.html | safe",
  "federation/bp/statuses/history.html: one.html | safe",
  "federation/templates/hub/status.html: status.html | safe",
  "market/bp/places/show.html: box | safe",
  "market/bp/places/show.html: html | safe",
  "market/bp/product/show.html: fragments.cartLines | safe",
  "market/bp/product/show.html: fragments.checkoutButton | safe",
  "market/bp/seen/forget-button.html: piece | safe",
  "shared/templates/components/comments.html: list | safe",
  "shared/templates/components/comments.html: own | safe",
  "shared/templates/components/icon.html: shapes[name] | safe",
  "shared/templates/layout/footer.html: fragments.footer | safe",
  "shared/templates/layout/header.html: fragments.authMenu | safe",
  "shared/templates/layout/header.html: fragments.cartMini | safe",
  "shared/templates/layout/header.html: fragments.navTree | safe",
  "shared/templates/layout/header.html: fragments.notificationBadge | safe",
];

/** What stands in a tag outside quotes, where escaping doesn't protect: words and heading levels of the template, and a macro that quotes. */
const UNQUOTED = [
  'account/bp/newsletters/guest.html: " checked" if list.slug in chosen or lists | length == 1',
  'account/bp/notices/show.html: " checked" if option.value == one.level',
  'account/bp/profile/show.html: " checked" if option.value in form.avoids',
  "shared/templates/components/ticket-stub.html: heading",
  'account/bp/admin/members/show.html: " open" if messages["amount-" ~ one.id] or messages["note-" ~ one.id]',
  'account/bp/admin/site/look.html: " checked" if form["hasColours"] != "yes"',
  'account/bp/admin/site/look.html: " checked" if form["hasColours"] == "yes"',
  'account/bp/texts/agree.html: " checked" if not one.isOpen',
  'cart/bp/checkout/show.html: " checked" if typed["agree-" ~ one.kind] == (one.version | string)',
  'account/templates/holdings/list.html: " selected" if year == list.asked.year',
  'events/bp/admin/calendars/show.html: " checked" if form.isModerated',
  'events/bp/admin/calendars/show.html: " checked" if room.id in chosen',
  'events/bp/admin/rooms/list.html: " selected" if option.value == room.withinId | string',
  'cart/bp/admin/orders/why.html: " open" if typed["to"] == way.to',
  'events/bp/attendance/box.html: " checked" if coming.own and coming.own.isNamed',
  'events/bp/calendar/frame.html: " open" if isFiltered',
  'federation/templates/hub/compose.html: " checked" if typed.isMultiple == "yes"',
  'federation/templates/hub/compose.html: " open" if form.isOpen',
  'events/bp/calendar/frame.html: " selected" if one == tag',
  'events/bp/calendar/frame.html: " selected" if price == "free"',
  'events/bp/calendar/frame.html: " selected" if price == "tickets"',
  'events/bp/calendar/frame.html: " selected" if one.slug == chosenRoom',
  'events/bp/entry-form/form.html: " checked" if form.isAllDay == "yes"',
  'events/bp/entry-form/form.html: " checked" if not picture_id',
  'events/bp/entry-form/form.html: " open" if form.repeat == "own" or form.untilOn or form.times or form.extraDates or form.exceptDates',
  'events/bp/entry-form/form.html: " open" if messages["zone"]',
  'federation/bp/admin/moderation/comments.html: " checked" if comments | length == 1',
  'market/bp/admin/cycles/form.html: " checked" if form.usesStock == "yes"',
  'market/bp/admin/cycles/show.html: " selected" if lot.decision == "drop"',
  'market/bp/admin/cycles/show.html: " selected" if lot.decision == "fill"',
  'market/bp/admin/findings/differences.html: " checked" if line.canTake and not line.doubt',
  'market/bp/admin/findings/list.html: " selected" if one.value == filter.supplier',
  'market/bp/admin/findings/show.html: " checked" if (shelf.id | string) in form.typed.shelves',
  'market/bp/admin/products/show.html: " checked" if allergens.isKnown',
  'market/bp/admin/places/hours.html: " aria-invalid=true" if messages[one.opensName]',
  'market/bp/admin/places/show.html: " checked" if form.isPublic == "yes"',
  "market/bp/places/place-row.html: heading",
  'market/bp/admin/lists/name-columns.html: " selected" if kind.value == column.value',
  'market/bp/admin/price-rules/list.html: " disabled" if loop.first',
  'market/bp/admin/price-rules/list.html: " disabled" if loop.last',
  'market/bp/admin/products/list.html: " open" if loop.first',
  'market/bp/admin/products/show.html: " checked" if place.isLead',
  'market/bp/admin/shelves/list.html: " disabled" if row.isFirst',
  'market/bp/admin/shelves/list.html: " disabled" if row.isLast',
  'market/templates/shelf-choices.html: " checked" if shelf.isChosen',
  'market/bp/listing/show.html: " selected" if option.value == sort',
  'market/bp/listing/show.html: " checked" if isInStock',
  'market/bp/listing/show.html: " open" if loop.first',
  'market/bp/listing/show.html: " open" if chosen',
  'market/bp/listing/show.html: " checked" if value.isChosen',
  'blog/bp/admin/media/list.html: " checked" if query.unused',
  'shared/templates/arranged-row.html: " disabled" if is_first',
  'shared/templates/arranged-row.html: " disabled" if is_last',
  'shared/templates/components/picture-picker.html: " checked" if item.id == selected',
  'shared/templates/components/picture-picker.html: " checked" if not selected',
  'shared/templates/components/button.html: " disabled" if disabled',
  "shared/templates/components/entry-card.html: heading",
  "shared/templates/components/field.html: describe(name, hint, error)",
  'shared/templates/components/field.html: " required" if required',
  'shared/templates/components/field.html: " disabled" if disabled',
  'shared/templates/components/field.html: " selected" if option.value == value',
  'shared/templates/components/field.html: " checked" if option.value == value or (kind == "checkbox" and value and option.value in value)',
  "shared/templates/components/post-card.html: heading",
  "shared/templates/components/product-card.html: heading",
  'shared/templates/components/quantity-stepper.html: " disabled" if disabled',
];

describe("the templates", () => {
  it("print without escaping only what is listed", () => {
    expect(tags(/\|\s*safe\b/)).toEqual(SAFE);
  });

  it("never switch escaping off", () => {
    expect(tags(/^autoescape\b/)).toEqual([]);
  });

  it("put nothing into a tag outside quotes but what is listed", () => {
    const found = Object.entries(TEMPLATES).flatMap(([file, text]) => unquoted(text).map((content) => `${file}: ${content}`));
    expect([...new Set(found)].sort()).toEqual([...UNQUOTED].sort());
  });

  it.each([
    ["<a href={{ url }}>", ["href={{ url }}", "url"]],
    ["<input{{ extra }}>", ["extra"]],
    ["<a href=\"{{ url }}\" title='{{ title }}'>", []],
  ])("are read as a browser reads them: %s", (html, found) => {
    expect(unquoted(html)).toEqual(found);
  });

  it("quote the keys of dicts: a bare name is a variable", () => {
    expect(tags(/[{,]\s*[A-Za-z_]\w*\s*:/)).toEqual([]);
  });

  it("ask Jinja2's way how long a list is: it has no attribute length", () => {
    expect(tags(/\.length\b/)).toEqual([]);
  });

  it.each(FILES)("compile: %s", async (file) => {
    const { render } = createTemplating({ templates: { [file]: `{% if false %}{% endif %}${TEMPLATES[file]}` } });
    const outcome = await render(file, {}).catch((error: unknown) => error);
    // without its data and its parents a page can't render; that it was compiled is what counts
    expect(outcome).not.toMatchObject({ name: expect.stringMatching(/^Template(Syntax|Assertion)Error$/) });
  });
});

/** The contents of the tags that match, each with its file, in order. */
function tags(pattern: RegExp): string[] {
  return Object.entries(TEMPLATES).flatMap(([file, text]) =>
    [...text.matchAll(TAG)]
      .map(([, printed, statement]) => withoutTexts(printed ?? statement ?? ""))
      .filter((content) => pattern.test(content.code))
      .map(({ source }) => `${file}: ${source}`)
      .sort(),
  );
}

/** code: the tag with its string literals emptied, so that their words are not taken for code. */
function withoutTexts(source: string): { source: string; code: string } {
  return { source, code: source.replace(/"[^"]*"|'[^']*'/g, '""') };
}

/** Attribute values without quotes, and what is printed between attributes. */
function unquoted(text: string): string[] {
  const printed: string[] = [];
  const html = text.replace(TAG, (tag, content?: string) => {
    if (content === undefined) return tag.startsWith("{%") ? " " : "";
    printed.push(content);
    return `⟦${printed.length - 1}⟧`;
  });
  return [...html.matchAll(/<[a-zA-Z][\w-]*((?:"[^"]*"|'[^']*'|[^"'<>])*)>/g)].flatMap(([, attributes = ""]) => {
    const outside = attributes.replace(/"[^"]*"|'[^']*'/g, '""');
    const values = [...outside.matchAll(/[\w:-]+=(?!"")\S+/g)].map(([found]) => restored(found, printed));
    const between = [...outside.matchAll(/⟦(\d+)⟧/g)].map(([, index]) => printed[Number(index)] ?? "");
    return [...values, ...between];
  });
}

function restored(text: string, printed: readonly string[]): string {
  return text.replace(/⟦(\d+)⟧/g, (_mark, index: string) => `{{ ${printed[Number(index)]} }}`);
}
