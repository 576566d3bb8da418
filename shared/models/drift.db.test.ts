import { is } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { getTableConfig, PgArray, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { newDatabase } from "../../tests/database.ts";
import * as audit from "./audit.ts";
import * as backOrders from "./back-orders.ts";
import * as blog from "./blog.ts";
import * as bookings from "./bookings.ts";
import * as calendars from "./calendars.ts";
import * as cart from "./cart.ts";
import * as changeSets from "./change-sets.ts";
import * as clientApi from "./client-api.ts";
import * as comments from "./comments.ts";
import * as discounts from "./discounts.ts";
import * as erasures from "./erasures.ts";
import * as events from "./events.ts";
import * as family from "./family.ts";
import * as federation from "./federation.ts";
import * as fediverse from "./fediverse.ts";
import * as ghost from "./ghost.ts";
import * as identity from "./identity.ts";
import * as joining from "./joining.ts";
import * as ledger from "./ledger.ts";
import * as letters from "./letters.ts";
import * as likes from "./likes.ts";
import * as market from "./market.ts";
import * as media from "./media.ts";
import * as members from "./members.ts";
import * as membership from "./membership.ts";
import * as merchants from "./merchants.ts";
import * as moderation from "./moderation.ts";
import * as newsletters from "./newsletters.ts";
import * as notices from "./notices.ts";
import * as oauthClients from "./oauth-clients.ts";
import * as occurrences from "./occurrences.ts";
import * as orderCycles from "./order-cycles.ts";
import * as orderNotes from "./order-notes.ts";
import * as outgoing from "./outgoing.ts";
import * as passkeys from "./passkeys.ts";
import * as payments from "./payments.ts";
import * as people from "./people.ts";
import { PERSONAL_DATA } from "./personal-data.ts";
import * as places from "./places.ts";
import * as priceRules from "./price-rules.ts";
import * as productAnnouncements from "./product-announcements.ts";
import * as productHistory from "./product-history.ts";
import * as productViews from "./product-views.ts";
import * as relationChanges from "./relation-changes.ts";
import * as relationFacts from "./relation-facts.ts";
import * as relationTuples from "./relation-tuples.ts";
import * as remotePictures from "./remote-pictures.ts";
import * as revisions from "./revisions.ts";
import * as scrapeFindings from "./scrape-findings.ts";
import * as scraping from "./scraping.ts";
import * as shelfEntries from "./shelf-entries.ts";
import * as site from "./site.ts";
import * as statuses from "./statuses.ts";
import * as stockAlerts from "./stock-alerts.ts";
import * as tickets from "./tickets.ts";
import * as uploads from "./uploads.ts";

const MODELS = [
  family,
  remotePictures,
  joining,
  membership,
  site,
  people,
  comments,
  moderation,
  statuses,
  tickets,
  orderNotes,
  occurrences,
  bookings,
  calendars,
  audit,
  backOrders,
  blog,
  cart,
  discounts,
  erasures,
  events,
  federation,
  fediverse,
  ghost,
  identity,
  members,
  notices,
  ledger,
  letters,
  likes,
  market,
  media,
  merchants,
  newsletters,
  oauthClients,
  orderCycles,
  outgoing,
  passkeys,
  payments,
  places,
  productAnnouncements,
  productHistory,
  productViews,
  relationChanges,
  relationFacts,
  relationTuples,
  revisions,
  scrapeFindings,
  scraping,
  shelfEntries,
  stockAlerts,
  changeSets,
  clientApi,
  priceRules,
  uploads,
];
const NOT_OURS = new Set(["migrations"]); // the migrator's own table

const casing = new CasingCache("snake_case");
const tables = MODELS.flatMap((model) => Object.values<unknown>(model)).filter((value) => is(value, PgTable));
const client = new pg.Client({ connectionString: await newDatabase() });
await client.connect();
afterAll(() => client.end());

describe("the models and a migrated PostgreSQL", () => {
  it("run on the version that we say", async () => {
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    expect(rows[0]?.version).toMatch(/^16\./);
  });

  it("have the same tables with the same columns: name, type, nullability, default, identity", async () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(await columnsOfDatabase()).toEqual(columnsOfModels());
  });

  it("have the same foreign keys", async () => {
    const { rows } = await client.query<{ key: string }>(`
      select conrelid::regclass || ' ' || (
        select string_agg(attname, ',' order by at) from unnest(conkey) with ordinality as keys (attnum, at)
        join pg_attribute on attrelid = conrelid and pg_attribute.attnum = keys.attnum
      ) || ' -> ' || confrelid::regclass as key
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1`);
    const modelled = tables.flatMap((table) => {
      const { name, foreignKeys } = getTableConfig(table);
      return foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference();
        return `${name} ${columns.map(nameOf).join(",")} -> ${getTableConfig(foreignTable).name}`;
      });
    });
    expect(rows.map(({ key }) => key).sort()).toEqual(modelled.sort());
  });

  it("name the same checks and indexes", async () => {
    const checks = await client.query<{ name: string }>(
      "select conname as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace",
    );
    const indexes = await client.query<{ name: string }>(`
      select indexrelid::regclass::text as name from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = 'public'::regnamespace and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`);
    const configs = tables.map(getTableConfig);
    const names = (rows: { name: string }[]) => rows.map(({ name }) => name).sort();
    expect(names(checks.rows)).toEqual(configs.flatMap(({ checks }) => checks.map(({ name }) => name)).sort());
    expect(names(indexes.rows)).toEqual(configs.flatMap(({ indexes }) => indexes.map(({ config }) => String(config.name))).sort());
  });
});

describe("the database", () => {
  it("has an index that begins with each foreign key, so that no delete or join reads a whole table", async () => {
    expect(await keysWithoutIndex()).toEqual([]);
  });

  it("would be told of a foreign key without one", async () => {
    await client.query("begin");
    await client.query("create table planted (tag_id bigint references tags, user_id bigint references users)");
    await client.query("create index planted_user on planted (user_id, tag_id)");
    const found = await keysWithoutIndex();
    await client.query("rollback");
    expect(found).toEqual(["planted.planted_tag_id_fkey"]);
  });

  it("keeps every instant with its zone, but what clocks on a wall show, and says so in its name; and no money as a float", async () => {
    const bad = ["timestamp without time zone", "real", "double precision", "money", "json", "character varying", "serial"];
    const { rows } = await client.query(
      "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = any($1) and column_name not like '%\\_local'",
      [bad],
    );
    expect(rows).toEqual([]);
  });
});

describe("personal data", () => {
  it("is listed by columns that exist", () => {
    const columns = new Set(columnsOfModels().map(({ table, column }) => `${table}.${column}`));
    const listed = Object.entries(PERSONAL_DATA).flatMap(([table, names]) => names.map((name) => `${table}.${name}`));
    expect(listed.filter((name) => !columns.has(name))).toEqual([]);
  });

  it("stands in no other column whose name says mail, phone, address or handle", () => {
    const telling = /mail|phone|address|handle(?!r)|birth|^ip$|_ip$/;
    const found = columnsOfModels().filter(({ table, column }) => telling.test(column) && !PERSONAL_DATA[table]?.includes(column));
    expect(found.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  });
});

async function keysWithoutIndex(): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(`
    select conrelid::regclass || '.' || conname as key from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
      select from pg_index
      where indrelid = conrelid and indisvalid and indpred is null
        and (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(conkey)] @> conkey
    )
    order by 1`);
  return rows.map(({ key }) => key);
}

interface Column {
  table: string;
  column: string;
  type: string;
  isNullable: boolean;
  hasDefault: boolean;
  isIdentity: boolean;
}

function columnsOfModels(): Column[] {
  const columns = tables.flatMap((table) => getTableConfig(table).columns.map((column) => columnOf(getTableConfig(table).name, column)));
  return columns.sort(byName);
}

function columnOf(table: string, column: PgColumn): Column {
  return {
    table,
    column: nameOf(column),
    type: typeOf(column),
    isNullable: !column.notNull,
    hasDefault: column.hasDefault && column.generatedIdentity === undefined,
    isIdentity: column.generatedIdentity !== undefined,
  };
}

async function columnsOfDatabase(): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select table_name as table, column_name as column,
      format_type(atttypid, atttypmod) as type,
      is_nullable = 'YES' as "isNullable", column_default is not null as "hasDefault", is_identity = 'YES' as "isIdentity"
    from information_schema.columns
    join pg_attribute on attrelid = (table_schema || '.' || table_name)::regclass and attname = column_name
    where table_schema = 'public'`);
  return rows.filter(({ table }) => !NOT_OURS.has(table)).sort(byName);
}

function byName(a: Column, b: Column): number {
  return `${a.table}.${a.column}` < `${b.table}.${b.column}` ? -1 : 1;
}

function nameOf(column: PgColumn): string {
  return casing.getColumnCasing(column);
}

function typeOf(column: PgColumn): string {
  const type = is(column, PgArray) ? `${column.baseColumn.getSQLType()}[]` : column.getSQLType();
  return type === "timestamp" ? "timestamp without time zone" : type;
}
