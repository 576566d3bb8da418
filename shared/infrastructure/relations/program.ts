import { join } from "node:path";
import { type Constant, type Db, dlStats, type Rule } from "@rose-ash/datalog";
import type { Action } from "../../contracts/relations.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import type { App } from "../../models/apps.ts";
import type { Projection, RelationDeclaration, RelationsDeclaration } from "./declare.ts";
import { ProgramSource } from "./program-source.ts";

/** A tuple with its relation's plain name, as the engine takes it. */
export type Fact = readonly [string, ...Constant[]];

/** A relation as a program knows it. */
export interface Relation {
  /** As rules name it. */
  name: string;
  /** As tables name it: "<owner>.<name>". */
  fullName: string;
  owner: App | "shared";
  columns: readonly string[];
  says: string;
  projections: readonly Projection[];
  assertedBy: Action | null;
  isRight: boolean;
  isForEveryone: boolean;
  /** null: on demand. */
  ceiling: number | null;
  isExported: boolean;
  /** Read from relation_tuples, where its owner writes it. */
  isImported: boolean;
  /** What pages made from it are kept under. */
  purges: readonly CacheTag[];
}

/** What one service runs: its own relations and the shared ones, and the rules that are kept whole and on demand. */
export interface Program {
  service: App | "shared";
  relations: ReadonlyMap<string, Relation>;
  /** Rules and facts of the relations that are kept whole; parsed anew for each database. */
  materialised: ProgramSource;
  onDemand: ProgramSource;
  onDemandRules: readonly Rule[];
}

/** Reads and checks the programs of some owners. Throws, naming file, line and column, where one has a mistake. */
export function loadProgram(owners: readonly RelationsDeclaration[]): Program {
  const whole = new ProgramSource(owners.flatMap(({ folder, materialised }) => (materialised ? [join(folder, materialised.file)] : [])));
  const onDemand = new ProgramSource(owners.flatMap((owner) => (owner.onDemand ? [join(owner.folder, owner.onDemand.file)] : [])));
  const relations = new Map<string, Relation>();
  for (const owner of owners) for (const relation of declared(owner)) addOnce(relations, relation);
  const dbs = { whole: whole.load(), onDemand: onDemand.load() };
  for (const relation of imported(dbs.whole, 1)) relations.set(relation.name, relation);
  for (const relation of imported(dbs.onDemand, null)) if (!relations.has(relation.name)) relations.set(relation.name, relation);
  check(whole, dbs.whole, relations, "materialised");
  check(onDemand, dbs.onDemand, relations, "on demand");
  const service = owners.at(-1)?.owner ?? "shared";
  return { service, relations, materialised: whole, onDemand, onDemandRules: dbs.onDemand.rules };
}

function declared({ owner, purges, materialised, onDemand }: RelationsDeclaration): Relation[] {
  const whole = Object.entries(materialised?.relations ?? {}).map(([name, one]) => ({
    ...relationOf(owner, name, one),
    purges,
    ceiling: one.ceiling,
    isExported: one.isExported ?? false,
  }));
  return [...whole, ...Object.entries(onDemand?.relations ?? {}).map(([name, one]) => ({ ...relationOf(owner, name, one), purges }))];
}

function relationOf(owner: App | "shared", name: string, declaration: RelationDeclaration): Relation {
  const { columns, says, projections = [], assertedBy = null, isRight = false, seenBy } = declaration;
  return {
    ...{ name, fullName: `${owner}.${name}`, owner, columns, says, projections, assertedBy, isRight },
    ...{ isForEveryone: seenBy === "everyone", ceiling: null, isExported: false, isImported: false, purges: [] },
  };
}

function addOnce(relations: Map<string, Relation>, relation: Relation): void {
  const known = relations.get(relation.name);
  if (known)
    throw new Error(`relations can't be loaded:\n${relation.fullName} has the name of ${known.fullName}: rules could not tell them apart`);
  relations.set(relation.name, relation);
}

const IMPORTED = /^[a-z]+\.[a-z_]+$/;

/** Rules name what another service exports in full: 'market.broader'(X, Y). */
function imported({ rules }: Db, ceiling: number | null): Relation[] {
  const atoms = rules.flatMap(({ body }) => body.flatMap((literal) => (literal.kind === "atom" ? [literal.atom] : [])));
  return atoms
    .filter(({ name }) => IMPORTED.test(name))
    .map(({ name, args }) => ({
      ...relationOf("shared", name, { columns: args.map((_, column) => `column ${column + 1}`), says: name, seenBy: "everyone" }),
      ...{ fullName: name, ceiling, isImported: true },
    }));
}

/** Every relation is declared, with its number of columns, in the way of keeping that its file has. */
function check(source: ProgramSource, db: Db, relations: ReadonlyMap<string, Relation>, kept: "materialised" | "on demand"): void {
  const complaints = db.rules.flatMap(({ head, body }) => {
    const atoms = body.flatMap((literal) => (literal.kind === "atom" ? [literal.atom] : []));
    const others = body.filter(({ kind }) => kind === "aggregate");
    return [
      ...[head, ...atoms].flatMap(({ name, args, at }) => complaint(relations.get(name), name, args.length, at)),
      ...(kept === "on demand"
        ? others.map((literal) => ({ message: "Aggregates are for materialised relations.", ...placeOf(literal) }))
        : []),
      ...[head, ...(kept === "materialised" ? atoms : [])].flatMap(({ name, at }) => {
        const isHere = (relations.get(name)?.ceiling !== null) === (kept === "materialised");
        return isHere ? [] : [{ message: `${name} is not ${kept}, as the relations of this file are.`, at }];
      }),
    ];
  });
  for (const key of Object.keys(dlStats(db).relations)) {
    const [name = "", arity] = key.split("/");
    if (relations.get(name)?.columns.length !== Number(arity))
      complaints.push({ message: `A fact of ${key}: no such relation is declared.` });
  }
  if (complaints.length > 0) throw source.complaint(complaints);
}

type Place = Rule["head"]["at"];

function complaint(relation: Relation | undefined, name: string, arity: number, at: Place): { message: string; at?: Place }[] {
  if (relation === undefined) return [{ message: `${name} is not declared.`, at }];
  if (relation.columns.length === arity) return [];
  return [{ message: `${name} has ${relation.columns.length} columns (${relation.columns.join(", ")}), not ${arity}.`, at }];
}

function placeOf(literal: Rule["body"][number]): { at?: Place } {
  return "at" in literal ? { at: literal.at } : {};
}
