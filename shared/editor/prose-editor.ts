import { type EditorApi, KoenigComposer, KoenigEditor, WordCountPlugin } from "@tryghost/koenig-lexical";
import { createElement as h, useMemo } from "react";
import { cardConfig } from "./cards.ts";
import { fileUploader } from "./uploads.ts";

export interface ProseEditorParts {
  readonly document: string;
  readonly isDark: boolean;
  readonly onReady: (api: EditorApi) => void;
  readonly onChange: () => void;
  readonly onWords: (count: number) => void;
}

/** Koenig as this site uses it. */
export function ProseEditor({ document, isDark, onReady, onChange, onWords }: ProseEditorParts) {
  const registerAPI = useMemo(() => (api: EditorApi | null) => void (api && onReady(api)), [onReady]);
  const composer = {
    initialEditorState: document,
    cardConfig,
    fileUploader,
    darkMode: isDark,
    onError: (error: Error) => reportError(error),
  };
  const editor = { darkMode: isDark, placeholderText: "Begin to write, or type / for cards", onChange, registerAPI };
  return h(KoenigComposer, composer, h(KoenigEditor, editor, h(WordCountPlugin, { onChange: onWords })));
}
