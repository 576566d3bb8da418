import { escapeHtml } from "@rose-ash/shared/infrastructure/templating/escape.ts";

/** A card as Koenig hands it to its renderer: its properties by name. */
export type Card = Readonly<Record<string, unknown>>;

/** The HTML of a card, before the sanitiser. */
type CardHtml = (card: Card) => string;

/**
 * Cards that we draw ourselves: Koenig's HTML of them needs its theme's scripts (toggle, audio, video), asks other sites for something
 * when the page is read (embed, bookmark), or is about Ghost's members (signup, email). The rest is Koenig's own.
 */
export const OWN_CARDS: Record<string, CardHtml> = {
  toggle,
  audio,
  video,
  file,
  embed,
  bookmark,
  product,
  header,
  signup,
  "call-to-action": callToAction,
  html: (card) => (isForEverybody(card) ? text(card, "html") : ""),
  email: () => "",
  "email-cta": () => "",
  paywall: () => "", // who may read is said of the whole text
  transistor: () => "",
};

function toggle(card: Card): string {
  const summary = `<summary>${text(card, "heading")}</summary>`;
  return `<details class="kg-card kg-toggle-card">${summary}${text(card, "content")}</details>`;
}

function audio(card: Card): string {
  if (!text(card, "src")) return "";
  const player = `<audio controls preload="none" src="${attribute(card, "src")}"></audio>`;
  return figure("kg-audio-card", player, escapeHtml(text(card, "title")));
}

function video(card: Card): string {
  if (!text(card, "src")) return "";
  const poster = text(card, "customThumbnailSrc") || text(card, "thumbnailSrc");
  const size = ["width", "height"]
    .filter((name) => Number(card[name]) > 0)
    .map((name) => ` ${name}="${Number(card[name])}"`)
    .join("");
  const how = card["loop"] === true ? " loop" : ""; // it starts when somebody wants it to
  const picture = poster ? ` poster="${escapeHtml(poster)}"` : "";
  const player = `<video controls playsinline preload="metadata"${how}${size}${picture} src="${attribute(card, "src")}"></video>`;
  return figure(`kg-video-card${width(card)}`, player, text(card, "caption"));
}

function file(card: Card): string {
  if (!text(card, "src")) return "";
  const title = escapeHtml(text(card, "fileTitle") || text(card, "fileName"));
  const link = `<a class="kg-file-card-container" href="${attribute(card, "src")}" download="${attribute(card, "fileName") || "file"}">${title}</a>`;
  const caption = text(card, "fileCaption") ? `<p class="kg-file-card-caption">${escapeHtml(text(card, "fileCaption"))}</p>` : "";
  const about = [escapeHtml(text(card, "fileName")), readableSize(card["fileSize"])].filter(Boolean).join(", ");
  return `<div class="kg-card kg-file-card">${link}${caption}<p class="kg-file-card-metadata">${about}</p></div>`;
}

/** A link and no frame: a page here asks no other site for anything. */
function embed(card: Card): string {
  const metadata = record(card["metadata"]);
  const title = text(metadata, "title") || text(card, "url");
  if (!text(card, "url")) return "";
  const provider = text(metadata, "provider_name");
  const from = provider ? `<p class="kg-bookmark-metadata">${escapeHtml(provider)}</p>` : "";
  const link = `<a class="kg-bookmark-container" href="${attribute(card, "url")}">${escapeHtml(title)}</a>${from}`;
  return figure("kg-embed-card", link, text(card, "caption"));
}

function bookmark(card: Card): string {
  if (!text(card, "url")) return "";
  const says = record(card["metadata"]);
  const title = `<a class="kg-bookmark-container" href="${attribute(card, "url")}">${escapeHtml(text(says, "title") || text(card, "url"))}</a>`;
  const description = text(says, "description");
  const about = [text(says, "publisher"), text(says, "author")].filter(Boolean).join(", ");
  const lines = [
    description && `<p class="kg-bookmark-description">${escapeHtml(description)}</p>`,
    about && `<p class="kg-bookmark-metadata">${escapeHtml(about)}</p>`,
  ];
  return figure("kg-bookmark-card", `${title}${lines.filter(Boolean).join("")}`, text(card, "caption"));
}

function product(card: Card): string {
  const picture = text(card, "productImageSrc") ? `<img src="${attribute(card, "productImageSrc")}" alt="" loading="lazy">` : "";
  const stars = card["productRatingEnabled"] === true ? `<p>Rated ${Number(card["productStarRating"] ?? 0)} of 5</p>` : "";
  const link = card["productButtonEnabled"] === true ? button(text(card, "productUrl"), text(card, "productButton")) : "";
  const words = `<p class="kg-card-title">${text(card, "productTitle")}</p>${stars}${text(card, "productDescription")}`;
  return `<div class="kg-card kg-product-card">${picture}${words}${link}</div>`;
}

function header(card: Card): string {
  const below = text(card, "subheader") ? `<p>${text(card, "subheader")}</p>` : "";
  const link = card["buttonEnabled"] === true ? button(text(card, "buttonUrl"), text(card, "buttonText")) : "";
  return `<div class="kg-card kg-header-card"><p class="kg-card-title">${text(card, "header")}</p>${below}${link}</div>`;
}

/** Its words, without the form: people join this co-operative elsewhere. */
function signup(card: Card): string {
  const words = ["subheader", "disclaimer"].filter((name) => text(card, name)).map((name) => `<p>${text(card, name)}</p>`);
  return `<div class="kg-card kg-signup-card"><p class="kg-card-title">${text(card, "header")}</p>${words.join("")}</div>`;
}

function callToAction(card: Card): string {
  if (!isForEverybody(card)) return "";
  const label = card["hasSponsorLabel"] === true ? `<div class="kg-cta-label">${text(card, "sponsorLabel")}</div>` : "";
  const picture = text(card, "imageUrl") ? `<img src="${attribute(card, "imageUrl")}" alt="" loading="lazy">` : "";
  const link = card["showButton"] === true ? button(text(card, "buttonUrl"), text(card, "buttonText")) : "";
  return `<div class="kg-card kg-cta-card">${label}${picture}${text(card, "textValue")}${link}</div>`;
}

/** What a writer shows to some only must not stand in a page for all. */
function isForEverybody(card: Card): boolean {
  const visibility = record(card["visibility"]);
  const web = record(visibility["web"]);
  const isHidden = web["nonMember"] === false || visibility["showOnWeb"] === false || visibility["emailOnly"] === true;
  return !isHidden;
}

function figure(className: string, content: string, caption: string): string {
  return `<figure class="kg-card ${className}">${content}${caption ? `<figcaption>${caption}</figcaption>` : ""}</figure>`;
}

function button(url: string, label: string): string {
  return url && label ? `<p><a class="kg-btn" href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>` : "";
}

function width(card: Card): string {
  const chosen = text(card, "cardWidth");
  return chosen === "wide" || chosen === "full" ? ` kg-width-${chosen}` : "";
}

function readableSize(bytes: unknown): string {
  const count = Number(bytes);
  if (!(count > 0)) return "";
  return count < 1_000_000 ? `${Math.max(1, Math.round(count / 1000))} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
}

function record(value: unknown): Card {
  return typeof value === "object" && value !== null ? (value as Card) : {};
}

function text(card: Card, name: string): string {
  const value = card[name];
  return typeof value === "string" ? value : "";
}

function attribute(card: Card, name: string): string {
  return escapeHtml(text(card, name));
}
