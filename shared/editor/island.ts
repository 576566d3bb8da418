import type { Whose } from "./local-draft.ts";

/** The editor's place in a page: what the template blog/bp/admin/editor/island.html puts there, found once. */
export interface Island {
  readonly root: HTMLElement;
  readonly form: HTMLFormElement;
  /** Where Koenig is drawn. */
  readonly stage: HTMLElement;
  /** The text as HTML, for a page without scripts. */
  readonly fallback: HTMLElement;
  /** Which keys lead out of the editor. */
  readonly keys: HTMLElement;
  readonly html: HTMLTextAreaElement;
  readonly document: HTMLInputElement;
  readonly version: HTMLInputElement;
  readonly title: HTMLInputElement | null;
  readonly state: HTMLElement;
  readonly words: HTMLElement;
  readonly notices: HTMLElement;
  readonly noticeTemplate: HTMLTemplateElement;
  /** Whose work this is, and on what. */
  readonly whose: Whose;
  /** The form came back: what stands in it is not saved. */
  readonly isAgain: boolean;
  /** Whether readers see the text as it is saved. */
  readonly isPublic: boolean;
  readonly nonce: string;
}

/** Throws when the page is not as the template makes it. */
export function findIsland(root: HTMLElement): Island {
  const form = root.closest("form");
  if (!form) throw new Error("the editor stands in no form");
  const { piece = "", writer = "", nonce = "" } = root.dataset;
  return {
    root,
    form,
    stage: find(root, "[data-editor-stage]", HTMLElement),
    fallback: find(root, "[data-editor-fallback]", HTMLElement),
    keys: find(root, "[data-editor-keys]", HTMLElement),
    html: find(root, "textarea", HTMLTextAreaElement),
    document: find(root, "[data-editor-document]", HTMLInputElement),
    version: find(form, 'input[name="version"]', HTMLInputElement),
    title: form.querySelector<HTMLInputElement>('input[name="title"]'),
    state: find(root, "[data-editor-state]", HTMLElement),
    words: find(root, "[data-editor-words]", HTMLElement),
    notices: find(root, "[data-editor-notices]", HTMLElement),
    noticeTemplate: find(root, "template", HTMLTemplateElement),
    whose: { writer, piece },
    isAgain: root.dataset["again"] === "true",
    isPublic: root.dataset["public"] === "true",
    nonce,
  };
}

/** The script is here: nothing but it decides from now on which of the two is shown. */
export function announceItself({ root }: Island): void {
  root.dataset["state"] = "opening";
}

/** From here on the form sends the document and no HTML. */
export function takeOver({ root, stage, keys, fallback, html, document }: Island): void {
  root.dataset["state"] = "open";
  html.disabled = true;
  fallback.hidden = true;
  stage.hidden = false;
  keys.hidden = false;
  document.name = "document";
}

/** Gives the text back to the form without scripts, when the editor could not begin. */
export function handBack({ root, stage, keys, fallback, html, document }: Island): void {
  root.dataset["state"] = "failed";
  html.disabled = false;
  fallback.hidden = false;
  stage.hidden = true;
  keys.hidden = true;
  document.name = "";
}

function find<T extends HTMLElement>(within: HTMLElement, selector: string, type: new () => T): T {
  const element = within.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
  return element;
}
