import type { z } from "zod";
import type { FragmentSubject, FragmentType } from "../../contracts/fragments.ts";
import type { Services } from "../../contracts/services.ts";
import type { PublicUrl } from "../service-deps.ts";

/** What a fragment is made from. */
export interface FragmentCall<P> {
  services: Services;
  publicUrl: PublicUrl;
  subject: FragmentSubject;
  params: P;
}

/** goodUntil: when what it says stops being true, whatever its ttl; absent or null: never by itself. */
export interface MadeFragment {
  template: string;
  context: object;
  goodUntil?: Date | null;
}

export interface FragmentDefinition<S extends z.ZodType> {
  type: FragmentType;
  /** Of the wanted parameters; what does not fit is answered with nothing. */
  params: S;
  render(call: FragmentCall<z.output<S>>): Promise<MadeFragment>;
}

/** A fragment of this app: checks its parameters itself. */
export interface OwnedFragment {
  type: FragmentType;
  render(call: FragmentCall<unknown>): Promise<MadeFragment>;
}

/** One file a fragment: bp/fragments/<type>.ts, its template beside it. */
export function defineFragment<S extends z.ZodType>({ type, params, render }: FragmentDefinition<S>): OwnedFragment {
  return { type, render: async (call) => render({ ...call, params: params.parse(call.params) }) };
}
