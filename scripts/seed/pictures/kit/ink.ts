/** The inks of the pictures: the look's own colours, light and dark, and some that they give printed over one another. */
export const INK = {
  paper: "#f8f2e7",
  white: "#fffcf5",
  sand: "#eee5d5",
  straw: "#ddd1be",
  stone: "#b9ad9f",
  ash: "#645a52",
  night: "#2c2522",
  rose: "#a62b50",
  pink: "#f092a8",
  blush: "#f6d3d3",
  leaf: "#3f6a37",
  sprout: "#a2c98d",
  mint: "#dbe7cb",
  amber: "#865200",
  honey: "#ebba69",
  cream: "#f7e3ba",
  brick: "#9a3517",
  coral: "#f39a7b",
  shell: "#f7dfd1",
  crust: "#bd7a35",
  pine: "#28452a",
  plum: "#5d2438",
  umber: "#5a3812",
} as const;

/** One of the inks, as CSS writes it. */
export type Ink = (typeof INK)[keyof typeof INK];
