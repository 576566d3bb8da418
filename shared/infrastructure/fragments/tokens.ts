import type { App } from "../../models/apps.ts";
import type { Keys } from "../keys/index.ts";
import { makeSign, type Sign } from "./sign-token.ts";
import { makeVerify, type Verify } from "./verify-token.ts";

/** Tokens of fragment requests: JWT by EdDSA, iss = caller, aud = owner, sub = subject. */
export interface FragmentTokens {
  sign: Sign;
  verify: Verify;
}

/** Both sides of one service. */
export function makeFragmentTokens(name: App, keys: Keys): FragmentTokens {
  return { sign: makeSign(name, keys), verify: makeVerify(name, keys) };
}
