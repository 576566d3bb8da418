/** A node of a Lexical document: the properties depend on its type, and a node we do not know is kept as it is. */
export interface LexicalNode {
  readonly type: string;
  readonly version?: number;
  readonly children?: readonly LexicalNode[];
  readonly [property: string]: unknown;
}

/** A text as the prose editor keeps it: Lexical's JSON in Koenig's vocabulary, the one that Ghost stores. */
export interface LexicalDocument {
  readonly root: LexicalNode;
}
