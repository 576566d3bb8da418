import nunjucks from "nunjucks";

const { nodes } = nunjucks;

/** Any node of a template's tree. */
export type Node = nunjucks.nodes.Node;

// Node's constructor fills the fields by their order, so the classes only declare them.

/** a, b */
export class Tuple extends nodes.NodeList {
  override get typename() {
    return "Tuple";
  }
}

/** value.name; value["name"] is nunjucks's own LookupVal */
export class Member extends nodes.LookupVal {
  override get typename() {
    return "Member";
  }
}

/** start:stop:step within [ ] */
export class Slice extends nodes.Node {
  declare start: Node | null;
  declare stop: Node | null;
  declare step: Node | null;
  override get typename() {
    return "Slice";
  }
  override get fields() {
    return ["start", "stop", "step"];
  }
}

/** *value or **value among the arguments of a call */
export class Spread extends nodes.Node {
  declare kind: "*" | "**";
  declare value: Node;
  override get typename() {
    return "Spread";
  }
  override get fields() {
    return ["kind", "value"];
  }
}

/** value is name(args) */
export class Test extends nodes.Node {
  declare value: Node;
  declare name: string;
  declare args: nunjucks.nodes.NodeList;
  override get typename() {
    return "Test";
  }
  override get fields() {
    return ["value", "name", "args"];
  }
}

/** namespace.name as what set assigns to */
export class NamespaceRef extends nodes.Node {
  declare namespace: nunjucks.nodes.Symbol;
  declare name: string;
  override get typename() {
    return "NamespaceRef";
  }
  override get fields() {
    return ["namespace", "name"];
  }
}

/** What for, set and with assign to. */
export type Target = nunjucks.nodes.Symbol | Tuple | NamespaceRef;

/** set target = value */
export class Assign extends nodes.Node {
  declare target: Target;
  declare value: Node;
  override get typename() {
    return "Assign";
  }
  override get fields() {
    return ["target", "value"];
  }
}

/** set target | filter … endset. filters: what the text goes through, from its first to its last, around a Captured. */
export class AssignBlock extends nodes.Node {
  declare target: Target;
  declare filters: Node;
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "AssignBlock";
  }
  override get fields() {
    return ["target", "filters", "body"];
  }
}

/** filter … endfilter */
export class FilterBlock extends nodes.Node {
  declare filters: Node;
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "FilterBlock";
  }
  override get fields() {
    return ["filters", "body"];
  }
}

/** The text that a filter block or set block caught, as the filters' value. */
export class Captured extends nodes.Node {
  override get typename() {
    return "Captured";
  }
  override get fields() {
    return [];
  }
}

/** for target in items if test recursive … else … endfor */
export class For extends nodes.Node {
  declare target: Target;
  declare items: Node;
  declare test: Node | null;
  declare isRecursive: boolean;
  declare body: nunjucks.nodes.NodeList;
  declare else_: nunjucks.nodes.NodeList | null;
  override get typename() {
    return "For";
  }
  override get fields() {
    return ["target", "items", "test", "isRecursive", "body", "else_"];
  }
}

/** break or continue */
export class Jump extends nodes.Node {
  declare kind: "break" | "continue";
  override get typename() {
    return "Jump";
  }
  override get fields() {
    return ["kind"];
  }
}

/** with a = 1, b = 2 … endwith */
export class With extends nodes.Node {
  declare targets: Target[];
  declare values: Node[];
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "With";
  }
  override get fields() {
    return ["targets", "values", "body"];
  }
}

/** do expression */
export class Do extends nodes.Node {
  declare value: Node;
  override get typename() {
    return "Do";
  }
  override get fields() {
    return ["value"];
  }
}

/** autoescape value … endautoescape */
export class Autoescape extends nodes.Node {
  declare value: Node;
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "Autoescape";
  }
  override get fields() {
    return ["value", "body"];
  }
}

/** block name scoped required … endblock */
export class Block extends nodes.Node {
  declare name: string;
  declare isScoped: boolean;
  declare isRequired: boolean;
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "Block";
  }
  override get fields() {
    return ["name", "isScoped", "isRequired", "body"];
  }
}

/** include template ignore missing without context */
export class Include extends nodes.Node {
  declare template: Node;
  declare ignoresMissing: boolean;
  declare withContext: boolean;
  override get typename() {
    return "Include";
  }
  override get fields() {
    return ["template", "ignoresMissing", "withContext"];
  }
}

/** A parameter of a macro or call block; fallback is null when it has none. */
export interface Param {
  readonly name: string;
  readonly fallback: Node | null;
}

/** macro name(params) … endmacro */
export class Macro extends nodes.Node {
  declare name: string | null;
  declare params: readonly Param[];
  declare body: nunjucks.nodes.NodeList;
  override get typename() {
    return "Macro";
  }
  override get fields() {
    return ["name", "params", "body"];
  }
}

/** call(params) macro(args) … endcall */
export class CallBlock extends nodes.Node {
  declare call: nunjucks.nodes.FunCall;
  declare caller: Macro;
  override get typename() {
    return "CallBlock";
  }
  override get fields() {
    return ["call", "caller"];
  }
}

/** Code that the compiler has written already. */
export class Code extends nodes.Node {
  declare source: string;
  override get typename() {
    return "Code";
  }
  override get fields() {
    return ["source"];
  }
}

/** The nodes right below one, those in lists and the defaults of parameters too. */
export function childrenOf(node: Node): Node[] {
  if (node instanceof nodes.NodeList) return node.children;
  const found: Node[] = [];
  for (const field of node.fields) collect((node as unknown as Record<string, unknown>)[field], found);
  return found;
}

/** Whether a name is read somewhere below, not counting the blocks, which are functions of their own. */
export function mentions(node: Node, name: string): boolean {
  if (node instanceof nodes.Symbol) return node.value === name;
  if (node instanceof Block) return false;
  if (node instanceof nodes.KeywordArgs) return node.children.some(({ value }) => mentions(value, name));
  if (node instanceof nodes.Filter) return mentions(node.args, name);
  return childrenOf(node).some((child) => mentions(child, name));
}

function collect(value: unknown, found: Node[]): void {
  if (value instanceof nodes.Node) found.push(value);
  else if (Array.isArray(value)) for (const part of value) collect(part, found);
  else if (isParam(value) && value.fallback !== null) found.push(value.fallback);
}

function isParam(value: unknown): value is Param {
  return typeof value === "object" && value !== null && "fallback" in value;
}
