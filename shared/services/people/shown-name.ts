const MOST = 60;
// joiners (U+200C, U+200D) belong to the spelling of names in many scripts, and to pictures made of pictures: there, and nowhere else
const JOINED = String.raw`[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]`;
const UNSEEN = new RegExp(
  String.raw`(?<=${JOINED})[\u200c\u200d](?=${JOINED})|[\p{Cc}\p{Cf}\p{Cn}\p{Co}\u115f\u1160\u3164\uffa0\u034f]`,
  "gu",
);
/** Signs by which a name would say that somebody looked at it. */
const SEALS = /[\u2705\u2713\u2714\u2611\u{1f5f8}\u{1f6e1}]\ufe0f?/gu;
const HEAP = /(\p{M}{2})\p{M}+/gu;

/**
 * A name that somebody elsewhere gave themselves, as it may stand in a line of ours: nothing that can't be seen or turns text round,
 * no heap of marks, no seal, one line, not too long. other: where nothing is left.
 */
export function shownName(name: string, other: string): string {
  const clean = name
    .toWellFormed()
    .replace(UNSEEN, (found) => (found === "\u200c" || found === "\u200d" ? found : " "))
    .replace(SEALS, "")
    .replace(HEAP, "$1")
    .replace(/\s+/gu, " ")
    .trim();
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(clean)].map(({ segment }) => segment);
  const short =
    letters.length > MOST
      ? `${letters
          .slice(0, MOST - 1)
          .join("")
          .trim()}…`
      : clean;
  return /[\p{L}\p{N}\p{S}]/u.test(short) ? short : other;
}

/** A username elsewhere: what is no letter, number, dot, dash or underscore of ASCII is left out, so that no handle looks like another. */
export const shownUsername = (handle: string): string => handle.replace(/[^\w.-]/g, "").slice(0, 60) || "somebody";
