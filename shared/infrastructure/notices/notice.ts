/** What a page says once of what was just done. */
export interface Notice {
  tone: "info" | "good" | "attention";
  title: string;
  /** Whether the cart is where one goes from here. */
  isAboutCart: boolean;
}
