/** Pictures that show a product beside its own, by their names, in this order. */
export const GALLERIES: Readonly<Record<string, readonly string[]>> = {
  "country-loaf": ["entry-bread-class", "what-the-oven-eats", "three-in-the-morning"],
};
