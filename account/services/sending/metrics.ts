import type { LettersService } from "@rose-ash/shared/contracts/letters.ts";
import { gauge, type MetricGroup } from "@rose-ash/shared/infrastructure/metrics/index.ts";

/** How sending gets on, of the whole site: every process that is asked says the same. */
export function lettersGroup(letters: Pick<LettersService, "getFigures">): MetricGroup {
  return {
    name: "letters",
    async read() {
      const { waiting, paused, inTrouble } = await letters.getFigures();
      return [
        gauge("letters_waiting", "Readers that a letter under way has not reached.", [[{}, waiting]]),
        gauge("letters_paused", "Letters that somebody, or the mail server's refusals, paused.", [[{}, paused]]),
        gauge("letters_in_trouble", "Letters that the mail server keeps from going on.", [[{}, inTrouble]]),
      ];
    },
  };
}
