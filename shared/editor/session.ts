import type { EditorApi } from "@tryghost/koenig-lexical";
import { createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { isKnown } from "./cards.ts";
import { readFields, writeFields } from "./form-fields.ts";
import type { Island } from "./island.ts";
import { Keeper, type State, type Text } from "./keeper.ts";
import { KeptNodes } from "./kept-nodes.ts";
import { LocalDraft } from "./local-draft.ts";
import { showNotice } from "./notices.ts";
import { ProseEditor } from "./prose-editor.ts";
import { send } from "./send.ts";
import { type Fields, type FoundFields, SideFields } from "./side-fields.ts";
import { BESIDE, lineFor, plural, timeOf } from "./words.ts";

const AUTOSAVE_MS = 3_000;
const RETRY_MS = 5_000;
const TOUCHES = ["beforeinput", "keydown", "pointerdown", "paste", "drop"];

/** One page's work on one text. */
export class Session {
  readonly #island: Island;
  readonly #kept = new KeptNodes(isKnown);
  readonly #draft: LocalDraft;
  readonly #side: SideFields;
  readonly #root: Root;
  #api: EditorApi | null = null;
  #keeper: Keeper | null = null;
  #isTouched = false;
  #isLeaving = false;

  constructor(island: Island) {
    this.#island = island;
    this.#draft = new LocalDraft(localStorage, island.whose);
    const [read, write] = [() => readFields(island), (fields: Fields) => writeFields(island, fields)];
    this.#side = new SideFields({ store: localStorage, whose: island.whose, isAgain: island.isAgain, read, write });
    this.#root = createRoot(island.stage);
    for (const kind of TOUCHES) island.root.addEventListener(kind, () => this.#touch(), { capture: true });
    island.title?.addEventListener("input", () => {
      this.#touch();
      this.#changed();
    });
    for (const kind of ["input", "change"]) island.form.addEventListener(kind, (event) => this.#changedBeside(event));
    island.form.addEventListener("submit", () => this.#leave());
    addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("beforeunload", (event) => {
      if ((this.#keeper?.isUnsaved || this.#side.isUnsaved) && !this.#isLeaving) event.preventDefault();
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
    const { whose, isPublic, version } = this.#island;
    return new Keeper({
      version: Number(version.value),
      saved,
      draft: this.#draft,
      send: isPublic ? null : (text, expected) => send(whose.piece, text, expected),
      show: (state) => this.#show(state),
      delayMs: AUTOSAVE_MS,
      retryMs: RETRY_MS,
    });
  }

  /** What this browser kept when a tab, the server or the network died, or somebody left. */
  #lookForDraft(keeper: Keeper): void {
    const [text, side] = [keeper.found(), this.#side.found()];
    if (text === null && side === null) return;
    const at = timeOf([text?.draft.at ?? "", side?.at ?? ""].sort().at(-1) ?? "");
    const isAsBegun = (text?.isOfThisVersion ?? true) && side?.isOverwritten !== true;
    if (isAsBegun) this.#takeUp(text?.draft ?? null, side, at);
    else this.#offer(text?.draft ?? null, side, at);
  }

  #take(text: Text | null, side: FoundFields | null): void {
    side?.take();
    if (text === null) return;
    this.#touch();
    if (this.#island.title && text.title !== null) this.#island.title.value = text.title;
    this.open(text.document);
  }

  #takeUp(text: Text | null, side: FoundFields | null, at: string): void {
    const before = this.#text();
    this.#take(text, side);
    const [title, words] =
      text === null
        ? ["What you filled in is back.", `What you filled in until ${at} was not saved; this browser kept it.`]
        : ["Your unsaved text is back.", `What you wrote until ${at} was not saved; this browser kept it.`];
    this.#notice(title, words, [
      { label: "Go on writing", choose: () => this.#api?.focusEditor({ position: "bottom" }) },
      { label: text === null ? "Go back to what is saved" : "Go back to the saved text", choose: () => this.#goBack(text && before) },
    ]);
  }

  #offer(text: Text | null, side: FoundFields | null, at: string): void {
    const drop = () => {
      if (text !== null) this.#draft.forget();
      this.#side.forget();
    };
    const [title, words] =
      text === null
        ? ["This browser keeps something else that you filled in.", `It is from ${at}, and was saved from elsewhere since.`]
        : ["This browser keeps another text of yours.", `It was written until ${at}, and the text was saved from elsewhere since.`];
    this.#notice(title, `${words} Nothing of either is lost until you choose.`, [
      { label: "Show mine", choose: () => this.#take(text, side) },
      { label: "Discard it", choose: drop },
    ]);
  }

  #goBack(text: Text | null): void {
    this.#side.goBack();
    if (text === null) return;
    if (this.#island.title && text.title !== null) this.#island.title.value = text.title;
    this.open(text.document);
    this.#draft.forget();
  }

  /** What stands beside title and text is sent with the form alone, and kept here until then. */
  #changedBeside({ target }: Event): void {
    if (target === this.#island.title || (target instanceof Node && this.#island.root.contains(target))) return;
    this.#side.changed();
    if (this.#keeper?.isUnsaved === false) this.#island.state.textContent = this.#side.isUnsaved ? BESIDE : "";
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
    const isBesideLeft = state.kind === "saved" && this.#side.isUnsaved;
    this.#island.state.textContent = isBesideLeft ? BESIDE : lineFor(state, this.#island.isPublic);
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
function label({ stage, root, keys }: Island): void {
  const editable = stage.querySelector<HTMLElement>("[contenteditable]");
  editable?.setAttribute("aria-label", root.dataset["label"] ?? "Text");
  editable?.setAttribute("aria-multiline", "true");
  editable?.setAttribute("aria-describedby", keys.id);
}

function isDark(): boolean {
  const { scheme } = document.documentElement.dataset;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
