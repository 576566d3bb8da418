import type { ProductField } from "@rose-ash/shared/contracts/product-fields.ts";

/** What a column can be: a field, or something else of a product. netCost and grossCost are a cost without and with VAT. */
export type Column =
  | Exclude<ProductField, "allergens" | "nutrition" | "costMinor">
  | ("slug" | "sku" | "stock" | "shelves" | "netCost" | "grossCost")
  | ("contains" | "mayContain" | "areAllergensKnown")
  | ("energyKj" | "fatMg" | "saturatesMg" | "carbohydrateMg" | "sugarsMg" | "fibreMg" | "proteinMg" | "saltMg");

/** header: as we write it; label: for people; also: what others call it, in small letters without blanks. */
interface ColumnKind {
  column: Column;
  header: string;
  label: string;
  also: readonly string[];
}

/** All of them, in the order in which we write them. */
export const COLUMNS: readonly ColumnKind[] = [
  { column: "slug", header: "address", label: "Address (which product it is)", also: ["slug", "handle"] },
  {
    column: "sku",
    header: "number",
    label: "Supplier’s number",
    also: ["sku", "ordernumber", "articlenumber", "artikelnummer", "code", "artnr"],
  },
  { column: "gtin", header: "gtin", label: "Number on the packet", also: ["ean", "barcode", "gtin13", "eancode", "upc"] },
  { column: "name", header: "name", label: "Name", also: ["title", "product", "bezeichnung", "productname"] },
  { column: "brand", header: "brand", label: "Brand", also: ["manufacturer", "marke", "producer", "vendor"] },
  { column: "description", header: "description", label: "What it is", also: ["note", "beschreibung", "text"] },
  {
    column: "netCost",
    header: "cost",
    label: "What a pack costs us, without VAT",
    also: ["price(net)", "netprice", "costprice", "purchaseprice", "ek", "tradeprice"],
  },
  { column: "grossCost", header: "cost_with_vat", label: "What a pack costs us, with VAT", also: ["costgross", "grosscost"] },
  { column: "priceMinor", header: "price", label: "Price, with VAT", also: ["preis", "prix", "retailprice", "rrp", "vk", "unitprice"] },
  { column: "membersPriceMinor", header: "members_price", label: "Price for members", also: ["memberprice"] },
  { column: "vatClass", header: "vat", label: "VAT", also: ["vatclass", "tax", "mwst", "vatrate", "btw"] },
  { column: "packAmount", header: "pack_amount", label: "Pack holds", also: ["amount", "packsize", "content", "quantity", "weight"] },
  { column: "packUnit", header: "pack_unit", label: "Measured in", also: ["unit", "einheit", "measure"] },
  { column: "caseSize", header: "case_size", label: "Packs in a case", also: ["case", "unitspercase", "caseqty"] },
  { column: "stock", header: "stock", label: "Stock", also: ["instock", "bestand", "onhand", "available"] },
  { column: "isOnSale", header: "on_sale", label: "On sale", also: ["onsale", "active", "avail.", "published"] },
  { column: "shelves", header: "shelves", label: "Shelves", also: ["category", "categories", "shelf", "kategorie", "group"] },
  { column: "labels", header: "labels", label: "Labels", also: ["label", "tags"] },
  { column: "ingredients", header: "ingredients", label: "Ingredients, as printed", also: ["zutaten"] },
  { column: "recipe", header: "recipe", label: "Recipe", also: [] },
  { column: "isRecipeWhole", header: "recipe_is_whole", label: "The recipe names everything", also: [] },
  { column: "origin", header: "origin", label: "Origin", also: ["herkunft", "country"] },
  { column: "areAllergensKnown", header: "allergens_known", label: "All allergens are known", also: [] },
  { column: "contains", header: "contains", label: "Contains (allergens)", also: ["allergens", "allergene"] },
  { column: "mayContain", header: "may_contain", label: "May contain (allergens)", also: ["traces", "maycontain", "spuren"] },
  { column: "energyKj", header: "energy_kj", label: "Energy, kJ", also: ["energy"] },
  { column: "fatMg", header: "fat_g", label: "Fat, g", also: ["fat"] },
  { column: "saturatesMg", header: "saturates_g", label: "Saturates, g", also: ["saturates"] },
  { column: "carbohydrateMg", header: "carbohydrate_g", label: "Carbohydrate, g", also: ["carbohydrate"] },
  { column: "sugarsMg", header: "sugars_g", label: "Sugars, g", also: ["sugars"] },
  { column: "fibreMg", header: "fibre_g", label: "Fibre, g", also: ["fibre", "fiber"] },
  { column: "proteinMg", header: "protein_g", label: "Protein, g", also: ["protein"] },
  { column: "saltMg", header: "salt_g", label: "Salt, g", also: ["salt"] },
];

/** For each header what it most likely is, each column once; "" where nothing fits. */
export function guessColumns(header: readonly string[]): readonly (Column | "")[] {
  const taken = new Set<Column>();
  return header.map((text) => {
    const plain = text.toLowerCase().replaceAll(/[\s_-]+/g, "");
    const found = COLUMNS.find(
      ({ column, header: own, also }) => !taken.has(column) && (own.replaceAll("_", "") === plain || also.includes(plain)),
    );
    if (found) taken.add(found.column);
    return found?.column ?? "";
  });
}

/** What of a typed mapping are columns, each once. */
export function readColumns(typed: readonly string[]): readonly (Column | "")[] {
  const taken = new Set<Column>();
  return typed.map((text) => {
    const found = COLUMNS.find(({ column }) => column === text && !taken.has(column));
    if (found) taken.add(found.column);
    return found?.column ?? "";
  });
}
