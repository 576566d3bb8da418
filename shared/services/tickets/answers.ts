import type { FieldError } from "../../contracts/tickets.ts";
import type { LineMetadata } from "../../models/cart.ts";
import type { TicketAnswers, TicketQuestion } from "../../models/tickets.ts";

const MAX_ANSWER_LETTERS = 300;

/** What was answered: once for all places, and for each of them. */
export interface GivenAnswers {
  readonly answers: TicketAnswers;
  readonly seats: readonly TicketAnswers[];
}

const isForEach = ({ isForEach: each = false }: TicketQuestion) => each;
const isForAll = (question: TicketQuestion) => !isForEach(question);

/** Whether each place has to be answered for. */
export function asksEachPlace(questions: readonly TicketQuestion[]): boolean {
  return questions.some((question) => isForEach(question) && question.isRequired);
}

/** What is wrong with answers, by the names of their fields: answer-food, and seat-2-name of the second place. */
export function wrongAnswers(questions: readonly TicketQuestion[], { answers, seats }: GivenAnswers, quantity: number): FieldError[] {
  const ofAll = wrongOnes(questions.filter(isForAll), answers, { prefix: "answer-", of: "" });
  const ofEach = Array.from({ length: quantity }, (_, at) =>
    wrongOnes(questions.filter(isForEach), seats[at] ?? {}, { prefix: `seat-${at + 1}-`, of: quantity === 1 ? "" : ` (place ${at + 1})` }),
  );
  return [...ofAll, ...ofEach.flat()];
}

function wrongOnes(
  questions: readonly TicketQuestion[],
  answers: TicketAnswers,
  { prefix, of }: { prefix: string; of: string },
): FieldError[] {
  return questions.flatMap(({ key, label, options, isRequired }) => {
    const answer = (answers[key] ?? "").trim();
    const field = `${prefix}${key}`;
    if (answer === "") return isRequired ? [{ field, message: `Please answer: ${label}${of}` }] : [];
    if (answer.length > MAX_ANSWER_LETTERS) return [{ field, message: `${label}${of}: ${MAX_ANSWER_LETTERS} letters at most.` }];
    return options.length > 0 && !options.includes(answer) ? [{ field, message: `${label}${of}: choose one of the answers.` }] : [];
  });
}

/** What one ticket keeps: what was asked for all, and of its own place; at: 0 is the first. */
export function answersOfSeat(questions: readonly TicketQuestion[], { answers, seats }: GivenAnswers, at: number): TicketAnswers {
  return { ...only(questions.filter(isForAll), answers), ...only(questions.filter(isForEach), seats[at] ?? {}) };
}

function only(questions: readonly TicketQuestion[], answers: TicketAnswers): TicketAnswers {
  const given = questions.map(({ key }) => [key, (answers[key] ?? "").trim()] as const);
  return Object.fromEntries(given.filter(([, answer]) => answer !== ""));
}

/** Keys of questions in the metadata of a line stand beside others there. */
const ANSWER = "answer-";

/** Answers as a line of a cart keeps them. before: of the places that it had already. */
export function answersAsMetadata(
  questions: readonly TicketQuestion[],
  given: GivenAnswers,
  before: readonly TicketAnswers[],
): LineMetadata {
  const all = only(questions.filter(isForAll), given.answers);
  const each = questions.filter(isForEach);
  const seats = [...before, ...given.seats.map((seat) => only(each, seat))];
  return {
    ...Object.fromEntries(Object.entries(all).map(([key, answer]) => [`${ANSWER}${key}`, answer])),
    ...(each.length > 0 && { seats: JSON.stringify(seats) }),
  };
}

/** The answers in the metadata of a line. */
export function answersIn(metadata: LineMetadata): GivenAnswers {
  const own = Object.entries(metadata).filter(([key]) => key.startsWith(ANSWER));
  const seats: readonly TicketAnswers[] = typeof metadata["seats"] === "string" ? JSON.parse(metadata["seats"]) : []; // as written above
  return { answers: Object.fromEntries(own.map(([key, answer]) => [key.slice(ANSWER.length), String(answer)])), seats };
}

/** The answers of a line as one of its tickets keeps them. */
export function answersOfLine(metadata: LineMetadata, at: number): TicketAnswers {
  const { answers, seats } = answersIn(metadata);
  return { ...answers, ...seats[at] };
}
