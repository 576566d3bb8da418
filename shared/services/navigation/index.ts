import { asc, isNull } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { NavigationService } from "../../contracts/navigation.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pages } from "../../models/blog.ts";
import { makeChangeMenu } from "./change-menu.ts";
import { readMenu, versionOf } from "./read-menu.ts";

const HIDDEN: RelationHandle<{ page: number }> = { relation: "blog.hidden_nav", columns: { page: "page" } };

/** The menus over PostgreSQL. */
export function makeNavigationService(
  { db }: ServiceDeps,
  services: { audit: AuditService; relations: RelationsService },
): NavigationService {
  const hiddenPages = async () => new Set((await services.relations.list(HIDDEN, {})).map(({ page }) => page));
  return {
    async getMenu(menu) {
      const [rows, hidden] = await Promise.all([readMenu(db, menu), hiddenPages()]);
      const items = rows.map(({ id, label, pageId, url, page }) => ({
        id,
        label,
        target: pageId === null ? { kind: "address" as const, url: url ?? "" } : { kind: "page" as const, pageId },
        page: page && { title: page.title, path: page.path },
        isShown: page === null || (page.status === "published" && !hidden.has(pageId ?? 0)),
      }));
      return { menu, version: versionOf(rows), items };
    },
    async listPages() {
      const columns = { id: pages.id, title: pages.title, path: pages.path, status: pages.status };
      const rows = await db.select(columns).from(pages).where(isNull(pages.deletedAt)).orderBy(asc(pages.path), asc(pages.id));
      return rows.map(({ id, title, path, status }) => ({ id, title, depth: path.split("/").length - 1, isShown: status === "published" }));
    },
    changeMenu: makeChangeMenu(services.audit),
  };
}
