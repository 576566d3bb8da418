import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { awaitDatabase, awaitSchema, neededSchema } from "./await-schema.ts";
import { migrateAll } from "./migrate.ts";

const NOBODY_THERE = "postgres://coop@127.0.0.1:1/coop";
const name = `unmigrated_${process.pid}`;
const url = new URL(`/${name}`, inject("templateUrl")).href;
const admin = new pg.Client({ connectionString: new URL("/postgres", url).href });

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create database ${name}`);
});
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

describe("a start", { timeout: 30_000 }, () => {
  it("gives up on a database that never answers, and says so", async () => {
    const message = "gave up after 0 s: PostgreSQL at DATABASE_URL does not answer (ECONNREFUSED)";
    await expect(awaitDatabase(NOBODY_THERE, 0)).rejects.toThrow(message);
    await expect(awaitSchema(NOBODY_THERE, 0)).rejects.toThrow(message);
  });

  it("takes an empty database for one that blog has yet to migrate", async () => {
    await awaitDatabase(url, 0);
    await expect(awaitSchema(url, 0)).rejects.toThrow(`the database has schema 0, this release needs ${neededSchema()}: blog migrates`);
  });

  it("goes on as soon as somebody has migrated it, once however many try", async () => {
    const started = awaitSchema(url, 20);
    const applied = await Promise.all([migrateAll(url), migrateAll(url)]);
    expect(applied).toEqual([neededSchema(), neededSchema()]);
    await started;
  });

  it("is content with a schema newer than its own", async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("insert into migrations (hash, created_at) values ('of the next release', 9999999999999)");
    await client.end();
    await awaitSchema(url, 0);
  });
});
