/** Account owns no table yet: it shows a person what the others hold of them. */
export {};
