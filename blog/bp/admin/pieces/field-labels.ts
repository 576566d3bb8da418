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
  isFeatured: "Featured",
  language: "Language",
  translationOf: "Translation of",
  series: "Series",
  seriesPosition: "Place in the series",
  canonicalUrl: "Appeared first at",
  products: "Products",
};

/** The fields that differ, each as it was and as it is to be. */
export function differentFields(before: Values, after: Values): { label: string; before: string; after: string }[] {
  return Object.entries(LABELS)
    .map(([name, label]) => ({ label, before: before[name] ?? "", after: after[name] ?? before[name] ?? "" }))
    .filter((field) => field.before !== field.after)
    .map((field) => ({ ...field, before: field.before || "–", after: field.after || "–" }));
}
