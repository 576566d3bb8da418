import nunjucks from "nunjucks";
import type { Node } from "./nodes.ts";

const { nodes } = nunjucks;

/** Gives a call the caller by name, before arguments unpacked from a mapping. */
export function addCaller(args: nunjucks.nodes.NodeList, caller: Node): void {
  const pair = new nodes.Pair(0, 0, new nodes.Literal(0, 0, "caller"), caller);
  const named = args.children.find((arg) => arg instanceof nodes.KeywordArgs);
  if (named instanceof nodes.KeywordArgs) named.addChild(pair);
  else args.addChild(new nodes.KeywordArgs(0, 0, [pair]));
}
