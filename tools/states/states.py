"""Writes codebook/data/states/*.txt from world-countries 5.1.0 and extra.json.

    npm pack world-countries@5.1.0 && tar xzf world-countries-5.1.0.tgz
    python3 tools/states/states.py package/countries.json codebook/data/states

extra.json holds what the package does not know: the names, nouns and seats that
the news use. A list there replaces the package's own.
"""
import collections, json, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = ("# source: world-countries 5.1.0 (codes, capitals, borders; ODbL) and own work (names, "
          "seats, former names); license: ODbL; checked: 2026-11-24\n#\n# States and territories of %s.\n")
UNCOUNTED = ("ese", "ish", "ch", "ss", "Ni-Vanuatu")


def people(adjectives):
    """Nouns for citizens: "Iranian, Iranians"; "Chinese" has no other plural."""
    out = []
    for a in adjectives:
        out.append(a)
        if not a.endswith(UNCOUNTED):
            out.append(a + "s")
    return out


def lines(field, values):
    """One field, over as many lines as keep each under a hundred characters."""
    out, row = "", ""
    for v in values:
        if row and len(row) + len(v) > 85:
            out += "  %-8s %s\n" % (field, row)
            row = ""
        row += (", " if row else "") + v
    return out + ("  %-8s %s\n" % (field, row) if row else "")


def block(country, extra, codes, taken):
    code = codes[country["cca3"]]
    own = extra.get(code, {})
    names = own.get("name") or [country["name"]["common"]]
    official = country["name"]["official"]
    if official not in names and "name" not in own:
        names = names + [official]
    demonym = country["demonyms"].get("eng", {}).get("m", "")
    adj = own.get("adj", [demonym] if demonym else [])
    nouns = own.get("people", people([a for a in adj if a[0].isupper()]))
    capital = [c for c in own.get("capital", country["capital"]) if c not in names]
    clean = lambda vs: [v for v in vs if "," not in v and taken.setdefault(v, code) == code]
    names, former, capital = clean(names), clean(own.get("former", [])), clean(capital)
    adj, nouns = [a for a in adj if a], [n for n in nouns if n]
    state = country["unMember"] or code in ("PSE", "VAT", "XKX", "TWN")
    text = "\n%s  %s\n  kind     %s\n" % (code, names[0], "state" if state else "territory")
    for field, values in (("name", names), ("adj", adj), ("people", nouns), ("capital", capital),
                          ("seat", own.get("seat", [])), ("former", former),
                          ("borders", [codes[b] for b in country["borders"]])):
        text += lines(field, values)
    return text


def region(country):
    if country["cca3"] in ("TUR", "CYP", "ARM", "AZE", "GEO"):
        return "europe"
    if country["subregion"] == "Western Asia" or country["cca3"] == "IRN":
        return "middle-east"
    return {"Antarctic": "oceania"}.get(country["region"], country["region"].lower())


def main():
    countries = json.load(open(sys.argv[1], encoding="utf-8"))
    extra = json.load(open(os.path.join(HERE, "extra.json"), encoding="utf-8"))
    codes = {c["cca3"]: "XKX" if c["cca3"] in ("UNK", "KOS") else c["cca3"] for c in countries}
    taken, files = {}, collections.defaultdict(str)
    # Members of the United Nations first: a name that two could bear is theirs.
    order = sorted(countries, key=lambda c: (not c["unMember"], c["cca3"]))
    for country in order:
        code = codes[country["cca3"]]
        taken[(extra.get(code, {}).get("name") or [country["name"]["common"]])[0]] = code
    for country in order:
        files[region(country)] += block(country, extra, codes, taken)
    titles = {"europe": "Europe, Turkey and the Caucasus", "middle-east": "the Middle East",
              "oceania": "Oceania and the Antarctic", "africa": "Africa", "asia": "Asia", "americas": "the Americas"}
    for name, text in files.items():
        with open(os.path.join(sys.argv[2], name + ".txt"), "w", encoding="utf-8") as f:
            f.write(HEADER % titles[name] + text)


main()
