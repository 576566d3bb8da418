import type { EditorApi } from "@tryghost/koenig-lexical";
import { createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { isKnown } from "./cards.ts";
import type { Island } from "./island.ts";
import { Keeper, type State, type Text } from "./keeper.ts";
import { KeptNodes } from "./kept-nodes.ts";
import { LocalDraft } from "./local-draft.ts";
import { showNotice } from "./notices.ts";
import { ProseEditor } from "./prose-editor.ts";
import { send } from "./send.ts";
import { lineFor, plural, timeOf } from "./words.ts";

const AUTOSAVE_MS = 3_000;
const RETRY_MS = 5_000;
const TOUCHES = ["beforeinput", "keydown", "pointerdown", "paste", "drop"];

/** One page's work on one text. */
export class Session {
  readonly #island: Island;
  readonly #kept = new KeptNodes(isKnown);
  readonly #draft: LocalDraft;
  readonly #root: Root;
  #api: EditorApi | null = null;
  #keeper: Keeper | null = null;
  #isTouched = false;
  #isLeaving = false;

  constructor(island: Island) {
    this.#island = island;
    this.#draft = new LocalDraft(localStorage, island.piece);
    this.#root = createRoot(island.stage);
    for (const kind of TOUCHES) island.root.addEventListener(kind, () => this.#touch(), { capture: true });
    island.title?.addEventListener("input", () => {
      this.#touch();
      this.#changed();
    });
    island.form.addEventListener("submit", () => this.#leave());
    addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("beforeunload", (event) => {
      if (this.#keeper?.isUnsaved && !this.#isLeaving) event.preventDefault();
    });
    addEventListener("online", () => void this.#keeper?.saveNow());
  }

  /** Draws the editor with a document; again with another one when a draft is taken up. */
  open(document: string): void {
    const hidden = JSON.stringify(this.#kept.putAway(JSON.parse(document)));
    this.#root.render(
      createElement(ProseEditor, {
        key: crypto.randomUUID(),
        document: hidden,
        isDark: isDark(),
        onReady: (api) => this.#ready(api),
        onChange: () => this.#changed(),
        onWords: (count) => {
          this.#island.words.textContent = plural(count);
        },
      }),
    );
  }

  #ready(api: EditorApi): void {
    this.#api = api;
    label(this.#island);
    if (this.#keeper) {
      this.#changed();
      return;
    }
    this.#keeper = this.#keep(this.#text());
    this.#lookForDraft(this.#keeper);
  }

  #keep(saved: Text): Keeper {
    const { piece, isPublic, version } = this.#island;
    return new Keeper({
      version: Number(version.value),
      saved,
      draft: this.#draft,
      send: isPublic ? null : (text, expected) => send(piece, text, expected),
      show: (state) => this.#show(state),
      delayMs: AUTOSAVE_MS,
      retryMs: RETRY_MS,
    });
  }

  /** What this browser kept when a tab, the server or the network died. */
  #lookForDraft(keeper: Keeper): void {
    const found = keeper.found();
    if (found === null) return;
    const { draft, isOfThisVersion } = found;
    const take = () => {
      this.#touch();
      if (this.#island.title && draft.title !== null) this.#island.title.value = draft.title;
      this.open(draft.document);
    };
    const drop = { label: "Discard it", choose: () => this.#draft.forget() };
    if (isOfThisVersion) {
      const before = this.#text();
      take();
      const words = `What you wrote until ${timeOf(draft.at)} was not saved; this browser kept it.`;
      const back = { label: "Go back to the saved text", choose: () => this.#goBack(before) };
      this.#notice("Your unsaved text is back.", words, [
        { label: "Go on writing", choose: () => this.#api?.focusEditor({ position: "bottom" }) },
        back,
      ]);
    } else {
      const words = `It was written until ${timeOf(draft.at)}, and the text was saved from elsewhere since. Nothing of either is lost until you choose.`;
      this.#notice("This browser keeps another text of yours.", words, [{ label: "Show mine", choose: take }, drop]);
    }
  }

  #goBack(text: Text): void {
    if (this.#island.title && text.title !== null) this.#island.title.value = text.title;
    this.open(text.document);
    this.#draft.forget();
  }

  #touch(): void {
    this.#isTouched = true;
  }

  /** Koenig tidies a document while it draws it: before anybody touched it, that is how the saved text looks. */
  #changed(): void {
    if (!this.#api || !this.#keeper) return;
    const text = this.#text();
    if (this.#isTouched) {
      this.#island.document.value = text.document;
      this.#keeper.changed(text);
    } else this.#keeper.settle(text);
  }

  #text(): Text {
    const document = JSON.stringify(this.#kept.bringBack(JSON.parse(this.#api?.serialize() ?? "null")));
    return { title: this.#island.title?.value ?? null, document };
  }

  #show(state: State): void {
    this.#island.state.textContent = lineFor(state, this.#island.isPublic);
    this.#island.state.dataset["kind"] = state.kind;
    if (state.kind === "saved") this.#island.version.value = String(this.#keeper?.version ?? "");
    if (state.kind !== "conflict") return;
    const words = `${state.savedBy ?? "Somebody"} saved version ${state.version} while you wrote. Nothing was overwritten, and yours is kept in this browser.`;
    this.#notice("Somebody else saved this text.", words, [
      { label: "Compare the two", choose: () => this.#island.form.requestSubmit() },
      { label: "Open theirs in a new tab", choose: () => void open(location.href, "_blank", "noopener") },
    ]);
  }

  #notice(title: string, words: string, choices: Parameters<typeof showNotice>[2]["choices"]): void {
    showNotice(this.#island.notices, this.#island.noticeTemplate, { title, words, choices });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (this.#island.isPublic) this.#island.form.requestSubmit();
    else void this.#keeper?.saveNow();
  }

  /** The form goes to the server; what it carried stays in this browser until a page comes that has it. */
  #leave(): void {
    this.#isLeaving = true;
    if (this.#isTouched && this.#api) this.#island.document.value = this.#text().document;
  }
}

/** Koenig's editable part has no name of its own for a screen reader. */
function label({ stage, root }: Island): void {
  const editable = stage.querySelector<HTMLElement>("[contenteditable]");
  editable?.setAttribute("aria-label", root.dataset["label"] ?? "Text");
  editable?.setAttribute("aria-multiline", "true");
}

function isDark(): boolean {
  const { scheme } = document.documentElement.dataset;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
