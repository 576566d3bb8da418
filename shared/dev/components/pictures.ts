/** A picture as a page gets it; here drawn in place, so that the page of components needs no other file. */
function drawn(alt: string, shapes: string, width = 600, height = 400) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes}</svg>`;
  return { url: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt, width, height, sources: [], focalX: 50, focalY: 50 };
}

export const oven = drawn(
  "A brick oven with a fire burning under its arch",
  `<rect width="600" height="400" fill="#e9d8bb"/><path d="M420 200V0h64v200z" fill="#8f4a2c"/><path d="M90 400V230a210 190 0 0 1 420 0v170z" fill="#b9683f"/>
  <path d="M130 400V235a170 155 0 0 1 340 0v165z" fill="#8f4a2c"/><path d="M185 400V265a115 105 0 0 1 230 0v135z" fill="#2b211c"/>
  <path d="M300 385c-55 0-78-34-68-76 7-27 32-36 37-67 36 18 40 45 34 62 16-7 22-22 22-34 28 22 40 44 40 66 0 30-25 49-65 49z" fill="#e58a3a"/>
  <path d="M302 385c-28 0-40-17-35-38 4-14 16-19 19-35 18 10 24 26 20 37 9-4 12-11 12-18 13 11 18 23 18 33 0 13-14 21-34 21z" fill="#f6cf74"/>
  <path d="M0 400h600v-22H0z" fill="#6b5647"/>`,
);
export const loaf = drawn(
  "A round rye loaf with a leaf scored into its crust",
  `<rect width="400" height="400" fill="#ead9bf"/><path d="M0 265h400v135H0z" fill="#d9c19b"/><ellipse cx="200" cy="285" rx="150" ry="26" fill="#b99a6b"/>
  <path d="M50 250c0-90 62-150 150-150s150 60 150 150c0 30-50 42-150 42S50 280 50 250z" fill="#a9672f"/>
  <path d="M72 228c8-70 58-112 128-112 56 0 101 27 120 74-44-34-88-46-132-42-50 4-88 32-116 80z" fill="#c98843"/>
  <path d="M200 262c-4-52 6-92 34-128M203 232c-22-4-36-16-44-34M205 206c20 0 36-8 48-24M213 176c-14-6-22-16-26-30" fill="none" stroke="#f3e2c3" stroke-width="7" stroke-linecap="round"/>`,
  400,
  400,
);
export const jar = drawn(
  "A jar of plum jam with a paper label",
  `<rect width="400" height="400" fill="#dfe3cf"/><path d="M0 300h400v100H0z" fill="#c6cbb0"/><rect x="120" y="78" width="160" height="44" rx="8" fill="#b08a3e"/>
  <path d="M112 130h176c14 14 20 30 20 52v130c0 16-10 26-26 26H118c-16 0-26-10-26-26V182c0-22 6-38 20-52z" fill="#6d2140"/>
  <path d="M112 130h176c8 8 13 17 16 27H96c3-10 8-19 16-27z" fill="#efe9da"/><rect x="120" y="196" width="160" height="92" fill="#f7efdf"/>
  <path d="M200 268c-22-4-34-20-34-48 22 4 34 20 34 48zm0 0c0-28 12-44 34-48 0 28-12 44-34 48z" fill="#557a45"/>`,
  400,
  400,
);
