import { $isLinkNode, type LinkNode } from "@lexical/link";
import { $isListNode } from "@lexical/list";
import { $isHeadingNode, $isQuoteNode } from "@lexical/rich-text";
import { $getSelection, $isRangeSelection, type LexicalNode, type RangeSelection } from "lexical";
import type { Form, LightField } from "./light-field.ts";

/** The buttons above a light editor: what each does, and which of them hold where the cursor is. */
export function watchBar(field: LightField): void {
  const buttons = [...field.root.querySelectorAll<HTMLButtonElement>("[data-light-form]")];
  const formOf = (button: HTMLButtonElement) => button.dataset["lightForm"] as Form;
  for (const button of buttons) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays so
    button.addEventListener("click", () => {
      const form = formOf(button);
      const isOn = button.getAttribute("aria-pressed") === "true";
      field.apply(isOn && form !== "bold" && form !== "italic" ? "paragraph" : form);
      field.editor.focus();
    });
  }
  const link = watchLink(field);
  field.editor.registerUpdateListener(({ editorState }) => {
    editorState.read(() => {
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) return;
      const forms = formsAt(selection);
      for (const button of buttons) button.setAttribute("aria-pressed", String(forms.has(formOf(button))));
      link.show(linkAt(selection));
    });
  });
}

/** The address of a link stands in a line below the bar, which the button opens. */
function watchLink(field: LightField) {
  const { root, editor } = field;
  const opener = root.querySelector<HTMLButtonElement>("[data-light-link]");
  const line = root.querySelector<HTMLElement>("[data-light-address]");
  const box = line?.querySelector("input") ?? null;
  const set = line?.querySelector<HTMLButtonElement>("[data-light-set]") ?? null;
  const remove = line?.querySelector<HTMLButtonElement>("[data-light-remove]") ?? null;
  if (!opener || !line || !box || !set || !remove) throw new Error("the page has no line for links");
  const close = () => {
    line.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    editor.focus();
  };
  const put = () => {
    const url = addressIn(box.value);
    box.setCustomValidity(url === null ? "An address, as https://example.org" : "");
    if (!box.reportValidity() || url === null) return;
    field.link(url);
    close();
  };
  opener.addEventListener("mousedown", (event) => event.preventDefault());
  opener.addEventListener("click", () => {
    line.hidden = !line.hidden;
    opener.setAttribute("aria-expanded", String(!line.hidden));
    if (!line.hidden) box.focus();
  });
  set.addEventListener("click", put);
  box.addEventListener("input", () => box.setCustomValidity(""));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form is not sent by it
    put();
  });
  remove.addEventListener("click", () => {
    field.link(null);
    close();
  });
  return {
    show(at: LinkNode | null) {
      opener.setAttribute("aria-pressed", String(at !== null));
      remove.hidden = at === null;
      if (document.activeElement !== box) box.value = at?.getURL() ?? "";
    },
  };
}

/** What somebody typed as an address; null: it is none that a link may have. */
function addressIn(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes(".") ? url.href : null;
}

function formsAt(selection: RangeSelection): ReadonlySet<Form> {
  const forms = new Set<Form>();
  if (selection.hasFormat("bold")) forms.add("bold");
  if (selection.hasFormat("italic")) forms.add("italic");
  for (const node of around(selection.anchor.getNode())) {
    if ($isHeadingNode(node)) forms.add("heading");
    if ($isQuoteNode(node)) forms.add("quote");
    if ($isListNode(node)) forms.add(node.getListType() === "number" ? "numbers" : "bullets");
  }
  return forms;
}

function linkAt(selection: RangeSelection): LinkNode | null {
  return around(selection.anchor.getNode()).find($isLinkNode) ?? null;
}

const around = (node: LexicalNode): LexicalNode[] => [node, ...node.getParents()];
