import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { ClientError, invalid } from "./errors.ts";

type Tree = { [name: string]: unknown };

const MOST = { depth: 4, values: 500, fieldBytes: 64 * 1024 };
const MOST_FILES = 2;

/** Takes a file of a multipart request while it comes. */
export type TakeFile = (part: MultipartFile) => Promise<void>;

/**
 * The parameters of a request, wherever its app puts them: the query, a form, parts of a form, or JSON, with the brackets that Rails has
 * (`media_ids[]`, `poll[options][]`, `fields_attributes[0][name]`). Throws 422 for what the schema does not take.
 */
export async function readParams<S extends z.ZodType>(request: FastifyRequest, schema: S, takeFile?: TakeFile): Promise<z.output<S>> {
  const tree: Tree = Object.create(null);
  const put = pairsInto(tree);
  for (const [name, value] of Object.entries(request.query ?? {})) put(name, value);
  if (request.isMultipart()) await readParts(request, put, takeFile);
  else if (typeof request.body === "object" && request.body !== null)
    for (const [name, value] of Object.entries(request.body)) put(name, value);
  const read = schema.safeParse(tree);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(`${issue?.path.join(".") || "Request"} is invalid`);
}

async function readParts(
  request: FastifyRequest,
  put: (name: string, value: unknown) => void,
  takeFile: TakeFile | undefined,
): Promise<void> {
  const limits = { files: MOST_FILES, fields: 100, fieldSize: MOST.fieldBytes };
  const ours = new Set<unknown>();
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === "field") put(part.fieldname, part.value);
      else {
        await takeFile?.(part).catch((error: unknown) => {
          ours.add(error);
          throw error;
        });
        part.file.resume(); // what is left of it: the next one comes over the same line
      }
    }
  } catch (error) {
    const isKnown = error instanceof ClientError || (error instanceof Error && "statusCode" in error);
    throw isKnown || ours.has(error) ? error : new ClientError(400, "The request could not be read."); // parts that break off
  }
}

function pairsInto(tree: Tree): (name: string, value: unknown) => void {
  let count = 0;
  return (name, value) => {
    count += Array.isArray(value) ? value.length : 1;
    if (count > MOST.values) throw invalid("That is too much at once");
    const [, head = "", rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const keys = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = ""]) => key)];
    if (head !== "" && keys.length <= MOST.depth) putAt(tree, keys, value);
  };
}

/** "" among the keys: one more of a list. */
function putAt(tree: Tree, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  if (rest.length === 1 && rest[0] === "") {
    const before = tree[key];
    tree[key] = [...(Array.isArray(before) ? before : []), ...[value].flat()];
    return;
  }
  const below = tree[key];
  const inner: Tree = typeof below === "object" && below !== null && !Array.isArray(below) ? (below as Tree) : Object.create(null);
  tree[key] = inner;
  putAt(inner, rest, value);
}

/** Texts, numbers and nothing, as text. */
export const text = (most: number) =>
  z
    .union([z.string(), z.number(), z.null()])
    .transform((value) => (value === null ? "" : String(value)))
    .pipe(
      z
        .string()
        .max(most)
        .refine((value) => !value.includes("\0")),
    );

const OFF = new Set(["", "0", "f", "false", "off", "no"]);
/** As forms and queries write it. */
export const flag = z
  .union([z.boolean(), z.string(), z.number(), z.null()])
  .transform((value) => (typeof value === "boolean" ? value : !OFF.has(String(value ?? "").toLowerCase())));

/** One or several, as a list, or by number. */
export const listOf = <S extends z.ZodType>(item: S, most: number) =>
  z.preprocess(
    (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.values(value)
        : value === undefined
          ? []
          : [value].flat(),
    z.array(item).max(most),
  );

export const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
/** How many at most; more than there can be are as many as there can be. */
export const limitOf = (usual: number, most: number) =>
  z.coerce
    .number()
    .int()
    .catch(usual)
    .transform((limit) => (limit < 1 ? usual : Math.min(limit, most)))
    .default(usual);
