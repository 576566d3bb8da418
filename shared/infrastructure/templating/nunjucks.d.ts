import "nunjucks";
import type { Render } from "./context.ts";

/** The parts of nunjucks 3.2.4 that its types leave out and the dialect builds on. */
declare module "nunjucks" {
  interface Template {
    /** The compiled blocks by name. */
    blocks: Record<string, Render>;
    rootRenderFunc: Render;
  }

  namespace nodes {
    class Node {
      constructor(lineno: number, colno: number, ...fields: unknown[]);
      lineno: number;
      colno: number;
      get typename(): string;
      get fields(): readonly string[];
    }
    class Literal extends Node {
      value: unknown;
    }
    class TemplateData extends Literal {}
    // biome-ignore lint/suspicious/noShadowRestrictedNames: nunjucks calls it so
    class Symbol extends Node {
      value: string;
    }
    class NodeList extends Node {
      children: Node[];
      addChild(node: Node): void;
    }
    class Root extends NodeList {}
    class Output extends NodeList {}
    // biome-ignore lint/suspicious/noShadowRestrictedNames: nunjucks calls it so
    class Array extends NodeList {}
    class Dict extends NodeList {
      children: Pair[];
    }
    class KeywordArgs extends Dict {}
    class Pair extends Node {
      key: Node;
      value: Node;
    }
    class LookupVal extends Node {
      target: Node;
      val: Node;
    }
    class FunCall extends Node {
      name: Node;
      args: NodeList;
    }
    class Filter extends FunCall {
      name: Symbol;
    }
    class If extends Node {
      cond: Node;
      body: Node;
      else_: Node | null;
    }
    class InlineIf extends Node {
      cond: Node;
      body: Node;
      else_: Node | null;
    }
    class Import extends Node {
      template: Node;
      target: Symbol;
      withContext: boolean | null;
    }
    class FromImport extends Node {
      template: Node;
      names: NodeList;
      withContext: boolean | null;
    }
    class Extends extends Node {
      template: Node;
    }
    class BinOp extends Node {
      left: Node;
      right: Node;
    }
    interface UnaryOp extends Node {
      target: Node;
    }
    class Or extends BinOp {}
    class And extends BinOp {}
    class Add extends BinOp {}
    class Sub extends BinOp {}
    class Mul extends BinOp {}
    class Div extends BinOp {}
    class FloorDiv extends BinOp {}
    class Mod extends BinOp {}
    class Pow extends BinOp {}
    class Concat extends BinOp {}
    class Not extends Node implements UnaryOp {
      target: Node;
    }
    class Neg extends Node implements UnaryOp {
      target: Node;
    }
    class Pos extends Node implements UnaryOp {
      target: Node;
    }
    class Compare extends Node {
      expr: Node;
      ops: CompareOperand[];
    }
    class CompareOperand extends Node {
      expr: Node;
      type: string;
    }
  }

  namespace lexer {
    interface Token {
      readonly type: string;
      readonly value: string | number | bigint;
      readonly lineno: number;
      readonly colno: number;
    }
    class Tokenizer {
      constructor(source: string);
    }
    function lex(source: string): Tokenizer;
    const TOKEN_STRING: string;
    const TOKEN_DATA: string;
    const TOKEN_BLOCK_START: string;
    const TOKEN_BLOCK_END: string;
    const TOKEN_VARIABLE_START: string;
    const TOKEN_VARIABLE_END: string;
    const TOKEN_LEFT_PAREN: string;
    const TOKEN_RIGHT_PAREN: string;
    const TOKEN_LEFT_BRACKET: string;
    const TOKEN_RIGHT_BRACKET: string;
    const TOKEN_LEFT_CURLY: string;
    const TOKEN_RIGHT_CURLY: string;
    const TOKEN_OPERATOR: string;
    const TOKEN_COMMA: string;
    const TOKEN_COLON: string;
    const TOKEN_TILDE: string;
    const TOKEN_PIPE: string;
    const TOKEN_INT: string;
    const TOKEN_FLOAT: string;
    const TOKEN_SYMBOL: string;
  }

  namespace parser {
    class Parser {
      constructor(tokens: lexer.Tokenizer);
      init(tokens: lexer.Tokenizer): void;
      tokens: lexer.Tokenizer;
      breakOnBlocks: string[] | null;
      nextToken(): lexer.Token | undefined;
      peekToken(): lexer.Token | undefined;
      pushToken(token: lexer.Token | undefined): void;
      skip(type: string): boolean;
      skipValue(type: string, value: string): boolean;
      skipSymbol(name: string): boolean;
      expect(type: string): lexer.Token;
      fail(message: string, lineno?: number, colno?: number): never;
      error(message: string, lineno?: number, colno?: number): Error;
      advanceAfterBlockEnd(name?: string): void;
      advanceAfterVariableEnd(): void;
      parseAsRoot(): nodes.Root;
      parseNodes(): nodes.Node[];
      parseStatement(): nodes.Node | null;
      parseUntilBlocks(...names: string[]): nodes.NodeList;
      parseIf(): nodes.Node;
      parseImport(): nodes.Node;
      parseFrom(): nodes.Node;
      parseExtends(): nodes.Node;
      parseWithContext(): boolean | null;
      parseExpression(): nodes.Node;
      parseInlineIf(): nodes.Node;
      parseOr(): nodes.Node;
      parseAnd(): nodes.Node;
      parseNot(): nodes.Node;
      parseIn(): nodes.Node;
      parseUnary(noFilters?: boolean): nodes.Node;
      parsePrimary(noPostfix?: boolean): nodes.Node;
      parsePostfix(node: nodes.Node): nodes.Node;
      parseFilter(node: nodes.Node): nodes.Node;
    }
  }

  namespace compiler {
    class Compiler<Scope> {
      constructor(templateName: string, throwOnUndefined: boolean);
      init(templateName: string, throwOnUndefined: boolean): void;
      buffer: string | null;
      templateName: string;
      compile(node: nodes.Node, scope: Scope): void;
      compileLiteral(node: nodes.Literal): void;
      getCode(): string;
      fail(message: string, lineno?: number, colno?: number): never;
      _emit(code: string): void;
      _emitLine(code: string): void;
      _tmpid(): string;
      _pushBuffer(): string;
      _popBuffer(): void;
      _compileChildren(node: nodes.NodeList, scope: Scope): void;
      _compileAggregate(node: nodes.NodeList, scope: Scope, start: string, end: string): void;
    }
  }
}
