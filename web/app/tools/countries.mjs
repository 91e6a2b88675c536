// Makes the two files of the map from npm packages:
//
//   npm install --prefix ../../out/map world-countries@5.1.0 world-atlas@2.0.2
//   node tools/countries.mjs ../../out/map/node_modules
//
// src/map/centres.json: where on the map a country's name belongs, by ISO alpha-3: [longitude, latitude].
// src/map/world.json: the shapes of world-atlas 110m but Antarctica, with alpha-3 codes for ids and nothing that the page does not
// draw (names, the land as one shape), so that less has to be sent.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const modules = path.resolve(process.argv[2]);
const read = (name) => JSON.parse(readFileSync(path.join(modules, name), "utf8"));
const code = (c) => (c.cca3 === "UNK" ? "XKX" : c.cca3);

const countries = read("world-countries/countries.json");
const byNumber = new Map(countries.map((c) => [c.ccn3, code(c)]));
const centres = Object.fromEntries(countries.map((c) => [code(c), [c.latlng[1], c.latlng[0]].map(Math.round)]));
// The middle of a country's area is not always where its people or its name are.
Object.assign(centres, { USA: [-98, 39], RUS: [45, 57], CAN: [-100, 56], NOR: [9, 61], FRA: [2, 47], CHL: [-71, -34] });
writeFileSync("src/map/centres.json", JSON.stringify(centres) + "\n");

const atlas = read("world-atlas/countries-110m.json");
const named = { Kosovo: "XKX", Somaliland: "SOM", "N. Cyprus": "CYP" };
const shapes = atlas.objects.countries.geometries.filter((g) => g.id !== "010").map((g) => ({
  type: g.type,
  arcs: g.arcs,
  id: byNumber.get(g.id) ?? named[g.properties.name] ?? "",
}));
const world = { ...atlas, objects: { countries: { type: "GeometryCollection", geometries: shapes } } };
writeFileSync("src/map/world.json", JSON.stringify(world) + "\n");
console.log(shapes.filter((s) => s.id === "").length, "shapes without a code");
