import { z } from "zod";
import type { FragmentSubject } from "../../contracts/fragments.ts";
import type { Viewer } from "../../contracts/viewer.ts";
import type { DeviceId, UserId } from "../../models/ids.ts";

export const PUBLIC: FragmentSubject = { kind: "public" };

const subjectText = z.templateLiteral([z.enum(["device", "user"]), ":", z.string()]).or(z.literal("public"));

/** A guest without a device is the public. */
export function subjectOf(viewer: Viewer): FragmentSubject {
  if (viewer.kind === "member") return { kind: "user", userId: viewer.userId };
  return viewer.deviceId === null ? PUBLIC : { kind: "device", deviceId: viewer.deviceId };
}

export function printSubject(subject: FragmentSubject): string {
  if (subject.kind === "public") return "public";
  return subject.kind === "user" ? `user:${subject.userId}` : `device:${subject.deviceId}`;
}

/** Reads what printSubject wrote; null for anything else. */
export function parseSubject(text: string): FragmentSubject | null {
  const parsed = subjectText.safeParse(text);
  if (!parsed.success) return null;
  if (parsed.data === "public") return PUBLIC;
  const id = text.slice(text.indexOf(":") + 1);
  if (text.startsWith("device:")) return /^[\w-]{1,64}$/.test(id) ? { kind: "device", deviceId: id as DeviceId } : null;
  return /^[1-9]\d{0,15}$/.test(id) ? { kind: "user", userId: Number(id) as UserId } : null;
}
