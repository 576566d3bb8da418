import type { PageId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** The menus of the site: on top of every page, and at its foot. */
export const MENUS = ["primary", "footer"] as const;
export type Menu = (typeof MENUS)[number];

/** Where an item leads: to a page of ours, wherever it is moved, or to an address: a path of the blog, or http(s). */
export type MenuTarget = { readonly kind: "page"; readonly pageId: PageId } | { readonly kind: "address"; readonly url: string };

/** An item as editors see it. page: the page it leads to, with its path; isShown: whether readers see the item. */
export interface MenuItemForEditing {
  readonly id: number;
  readonly label: string;
  readonly target: MenuTarget;
  readonly page: { readonly title: string; readonly path: string } | null;
  readonly isShown: boolean;
}

/** A menu in its order. version names exactly this state of it. */
export interface MenuForEditing {
  readonly menu: Menu;
  readonly version: string;
  readonly items: readonly MenuItemForEditing[];
}

/** What an editor does to a menu. order: every id of it, each once. */
export type MenuChange =
  | { readonly kind: "add"; readonly label: string; readonly target: MenuTarget }
  | { readonly kind: "edit"; readonly id: number; readonly label: string; readonly target: MenuTarget }
  | { readonly kind: "remove"; readonly id: number }
  | { readonly kind: "order"; readonly ids: readonly number[] };

/** conflict: the menu is another by now; nothing was changed. gone: the item or the page is not there. full: MENU_LIMIT. */
export type MenuResult =
  | { readonly kind: "changed" }
  | { readonly kind: "conflict" }
  | { readonly kind: "gone" }
  | { readonly kind: "full" };

/** More items than this no menu shows well. */
export const MENU_LIMIT = 30;

/** The menus, for those who arrange them. Readers get them from BlogService.getNavigation. */
export interface NavigationService {
  getMenu(menu: Menu): Promise<MenuForEditing>;
  /** Pages that an item can lead to, in the order of the tree; depth from 0. */
  listPages(): Promise<readonly { readonly id: PageId; readonly title: string; readonly depth: number; readonly isShown: boolean }[]>;
  /** One change to the menu of this version. What readers see is purged, and it stands in the log. */
  changeMenu(tx: Tx, change: { menu: Menu; expectedVersion: string; by: UserId; change: MenuChange }): Promise<MenuResult>;
}
