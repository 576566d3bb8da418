import type { Values } from "./desk.ts";

/** What forms and histories call the fields, in the order in which they are shown. */
const LABELS: Readonly<Record<string, string>> = {
  title: "Title",
  slug: "Address",
  excerpt: "Excerpt",
  summary: "Summary",
  tags: "Tags",
  authors: "Authors",
  audience: "For whom",
  pictureId: "Picture",
  pictureAlt: "What the picture shows",
  pictureCaption: "Caption",
  metaTitle: "Title for search engines",
  metaDescription: "Description for search engines",
  ogTitle: "Title where it is shared",
  ogDescription: "Description where it is shared",
  ogPictureId: "Picture where it is shared",
  twitterTitle: "Title on X",
  twitterDescription: "Description on X",
  twitterPictureId: "Picture on X",
  isFeatured: "Featured",
  language: "Language",
  translationOf: "Translation of",
  series: "Series",
  seriesPosition: "Place in the series",
  canonicalUrl: "Appeared first at",
  products: "Products",
};

/** A field that differs: as it was, and as it is to be. */
export interface DifferentField {
  name: string;
  label: string;
  before: string;
  after: string;
}

/** The fields that differ, in the order in which they are shown. */
export function differentFields(before: Values, after: Values): DifferentField[] {
  return Object.entries(LABELS)
    .map(([name, label]) => ({ name, label, before: before[name] ?? "", after: after[name] ?? before[name] ?? "" }))
    .filter((field) => field.before !== field.after)
    .map((field) => ({ ...field, before: field.before || "–", after: field.after || "–" }));
}
