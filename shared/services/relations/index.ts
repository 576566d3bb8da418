import type { AuditService } from "../../contracts/audit.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { RelationStore } from "../../infrastructure/relations/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { assertFact } from "./assert-fact.ts";
import { explain, listProofs } from "./explain.ts";
import { getFactPage } from "./get-fact-page.ts";
import { getHealth } from "./get-health.ts";
import { getRelationPage } from "./get-relation-page.ts";
import { keepingAnAdmin } from "./keep-an-admin.ts";
import { listRelations, relationView } from "./list-relations.ts";
import { listRows } from "./list-rows.ts";
import { sightOf, visibleRelation } from "./may-see.ts";
import { readValues } from "./read-values.ts";
import { retractFact } from "./retract-fact.ts";
import { listActions, listGroupRoles, listHolders, listRoles, mayWithin } from "./rights.ts";

type Deps = Pick<ServiceDeps, "db" | "clock"> & { relations: RelationStore };

/** What the relations of this process say, and changing what people assert. */
export function makeRelationsService({ db, clock, relations: store }: Deps, { audit }: { audit: AuditService }): RelationsService {
  const parts = { db, store };
  return {
    may: (userId, action, scope) => mayWithin(store, db, userId, { action, scope }),
    mayWithin: (tx, userId, action, scope) => mayWithin(store, tx, userId, { action, scope }),
    holds: ({ relation, values }) => store.decide(db, [store.relation(relation).name, ...values]),
    listActions: (userId, scope) => listActions(store, userId, scope),
    listHolders: (tx, role, scope) => listHolders(store, tx, { role, scope }),
    listRoles: (userId) => listRoles(store, userId),
    listGroupRoles: (tx, group) => listGroupRoles(store, tx, group),
    keepingAnAdmin: (tx, change) => keepingAnAdmin(tx, store, change),
    list: (handle, where) => listRows(store, handle, where),
    listRelations: (viewer) => listRelations(store, viewer),
    async getRelation(viewer, name) {
      const sight = await sightOf(store, viewer);
      return relationView(store, sight, visibleRelation(store, sight, name));
    },
    readValues: (typed) => readValues(db, typed),
    getRelationPage: (viewer, name, values, page) => getRelationPage(parts, viewer, { name, values, page }),
    getFactPage: (viewer, fact) => getFactPage(parts, viewer, fact),
    listProofs: (relation, values) => listProofs(parts, relation, values),
    explain: (viewer, fact, alsoSees) => explain(parts, viewer, fact, alsoSees),
    assertFact: (tx, by, assertion) => assertFact(tx, { store, audit, now: clock.now() }, by, assertion),
    retractFact: (tx, by, retraction) => retractFact(tx, { store, audit }, by, retraction),
    getHealth: () => getHealth(store),
  };
}
