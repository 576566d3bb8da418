import { $createLinkNode, $isLinkNode, LinkNode, toggleLink } from "@lexical/link";
import { $handleListInsertParagraph, insertList, ListItemNode, ListNode, removeList } from "@lexical/list";
import { $createHeadingNode, $createQuoteNode, HeadingNode, QuoteNode, registerRichText } from "@lexical/rich-text";
import { $setBlocksType } from "@lexical/selection";
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  createEditor,
  FORMAT_TEXT_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalEditor,
} from "lexical";
import { nodesOf, textOf } from "./light-text.ts";

/** What a button of the bar does. */
export type Form = "bold" | "italic" | "heading" | "bullets" | "numbers" | "quote" | "paragraph";

/**
 * A light editor over a plain box: paragraphs, headings, links, lists and quotes. The box is kept in step with it, by the signs that
 * people type into it without scripts, and is what the form sends.
 */
export class LightField {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly box: HTMLTextAreaElement;
  readonly editor: LexicalEditor;

  constructor(root: HTMLElement) {
    this.root = root;
    this.stage = find(root, "[data-light-stage]", HTMLElement);
    this.box = find(root, "textarea", HTMLTextAreaElement);
    this.editor = createEditor({
      namespace: "light",
      nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode],
      onError: (error) => reportError(error),
    });
  }

  open(): void {
    const { editor, stage, box } = this;
    editor.setRootElement(stage);
    registerRichText(editor);
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, $handleListInsertParagraph, COMMAND_PRIORITY_LOW); // an empty item ends a list
    editor.update(
      () =>
        void $getRoot()
          .clear()
          .append(...nodesOf(editor, box.value)),
      { discrete: true },
    );
    editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves }) => {
      if (dirtyElements.size > 0 || dirtyLeaves.size > 0) box.value = editorState.read(() => textOf($getRoot()));
    });
  }

  /** Makes what is selected so, or plain again where it is. */
  apply(form: Form): void {
    const { editor } = this;
    if (form === "bold" || form === "italic") editor.dispatchCommand(FORMAT_TEXT_COMMAND, form);
    else if (form === "bullets") insertList(editor, "bullet");
    else if (form === "numbers") insertList(editor, "number");
    else this.#makeBlocks(form);
  }

  /** Makes what is selected a link, or puts in the address where nothing is; null: it is none any more. */
  link(url: string | null): void {
    this.editor.update(() => {
      const selection = $getSelection();
      const isInNone =
        $isRangeSelection(selection) && selection.isCollapsed() && !selection.anchor.getNode().getParents().some($isLinkNode);
      if (url !== null && isInNone) selection.insertNodes([$createLinkNode(url).append($createTextNode(url))]);
      else toggleLink(url);
    });
  }

  #makeBlocks(form: "heading" | "quote" | "paragraph"): void {
    removeList(this.editor);
    this.editor.update(() => {
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) return;
      const makers = { heading: () => $createHeadingNode("h2"), quote: $createQuoteNode, paragraph: $createParagraphNode };
      $setBlocksType(selection, makers[form]);
    });
  }
}

function find<T extends HTMLElement>(within: HTMLElement, selector: string, type: new () => T): T {
  const element = within.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
  return element;
}
