/** The editor's place in a page: what the template blog/bp/admin/editor/island.html puts there, found once. */
export interface Island {
  readonly root: HTMLElement;
  readonly form: HTMLFormElement;
  /** Where Koenig is drawn. */
  readonly stage: HTMLElement;
  /** The text as HTML, for a page without scripts. */
  readonly fallback: HTMLElement;
  readonly html: HTMLTextAreaElement;
  readonly document: HTMLInputElement;
  readonly version: HTMLInputElement;
  readonly title: HTMLInputElement | null;
  readonly state: HTMLElement;
  readonly words: HTMLElement;
  readonly notices: HTMLElement;
  readonly noticeTemplate: HTMLTemplateElement;
  /** "post/12". */
  readonly piece: string;
  /** Whether readers see the text as it is saved. */
  readonly isPublic: boolean;
  readonly nonce: string;
}

/** Throws when the page is not as the template makes it. */
export function findIsland(root: HTMLElement): Island {
  const form = root.closest("form");
  if (!form) throw new Error("the editor stands in no form");
  const { piece = "", nonce = "" } = root.dataset;
  return {
    root,
    form,
    stage: find(root, "[data-editor-stage]", HTMLElement),
    fallback: find(root, "[data-editor-fallback]", HTMLElement),
    html: find(root, "textarea", HTMLTextAreaElement),
    document: find(root, "[data-editor-document]", HTMLInputElement),
    version: find(form, 'input[name="version"]', HTMLInputElement),
    title: form.querySelector<HTMLInputElement>('input[name="title"]'),
    state: find(root, "[data-editor-state]", HTMLElement),
    words: find(root, "[data-editor-words]", HTMLElement),
    notices: find(root, "[data-editor-notices]", HTMLElement),
    noticeTemplate: find(root, "template", HTMLTemplateElement),
    piece,
    isPublic: root.dataset["public"] === "true",
    nonce,
  };
}

/** From here on the form sends the document and no HTML. */
export function takeOver({ stage, fallback, html, document }: Island): void {
  html.disabled = true;
  fallback.hidden = true;
  stage.hidden = false;
  document.name = "document";
}

/** Gives the text back to the form without scripts, when the editor could not begin. */
export function handBack({ stage, fallback, html, document }: Island): void {
  html.disabled = false;
  fallback.hidden = false;
  stage.hidden = true;
  document.name = "";
}

function find<T extends HTMLElement>(within: HTMLElement, selector: string, type: new () => T): T {
  const element = within.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
  return element;
}
