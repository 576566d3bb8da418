import { expect } from "vitest";

/** What the form of a page on which a piece is written would send, untouched and without scripts. */
export function editFormIn(html: string): Record<string, string> {
  const form = /<form class="with-aside" id="edit"[\s\S]*?<\/form>/.exec(html)?.[0] ?? expect.fail("no form");
  const inputs = [...form.matchAll(/<input[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"[^>]*>/g)]
    .filter(([input]) => !/type="(radio|checkbox)"/.test(input) || / checked/.test(input))
    .map(([, name = "", value = ""]) => [name, value]);
  const areas = [...form.matchAll(/<textarea[^>]*\bname="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const selects = [...form.matchAll(/<select[^>]*\bname="([^"]+)"[\s\S]*?<\/select>/g)].map(([select, name = ""]) => [
    name,
    /<option value="([^"]*)" selected/.exec(select)?.[1] ?? "",
  ]);
  const fields = Object.fromEntries([...inputs, ...areas, ...selects]) as Record<string, string>;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, unescaped(value)]));
}

/** The hidden fields of a page, by name. */
export function hiddenFieldsIn(html: string): Record<string, string> {
  const fields = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, unescaped(value)]));
}

function unescaped(text: string): string {
  const said: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#34": '"', amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|#34|amp);/g, (_all, name: string) => said[name] ?? "");
}
