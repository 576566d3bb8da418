/** As much as we use of what the package brings: it has no types of its own. */
declare module "@tryghost/koenig-lexical" {
  import type { ComponentType, ReactNode } from "react";

  interface CardMenuEntry {
    label: string;
    [property: string]: unknown;
  }

  /** A node's class, or an entry that says what replaces a class of Lexical. kgMenu: how the card stands in the menus. */
  interface NodeClass {
    getType?(): string;
    kgMenu?: CardMenuEntry | CardMenuEntry[] | undefined;
  }

  export interface EditorApi {
    serialize(): string;
    focusEditor(where: { position: "top" | "bottom" }): void;
    insertFiles(files: File[]): void;
  }

  export const DEFAULT_NODES: readonly NodeClass[];
  export const KoenigComposer: ComponentType<{
    initialEditorState: string;
    cardConfig: object;
    fileUploader: object;
    darkMode: boolean;
    onError(error: Error): void;
    children?: ReactNode;
  }>;
  export const KoenigEditor: ComponentType<{
    darkMode: boolean;
    placeholderText?: string;
    onChange(): void;
    registerAPI(api: EditorApi | null): void;
    children?: ReactNode;
  }>;
  export const WordCountPlugin: ComponentType<{ onChange(count: number): void }>;
}
