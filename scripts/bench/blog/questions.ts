/** What people look for: words that stand everywhere, in some posts and nowhere, two and three together, mistyped ones. */
export const QUESTIONS: readonly string[] = [
  ...["oven", "bread", "rye", "river", "marmalade", "tenor", "reserve", "number", "soup", "goat"],
  ...["wood oven", "leek soup", "old dairy", "apple juice", "saffron buns", "annual meeting", "heather honey"],
  ...['"three days of rye"', "bread -rye", "goat or sheep", "the key to the hall", "what does it cost"],
  ...["crème", "Léonie", "Jaswinder", "number 1234", "xylophone", "sourdogh", "marmelade", "oven bread rye flour"],
];
