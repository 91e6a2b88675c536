package format

import (
	"strings"

	"github.com/opendyad/dyad"
)

// cacheSize is how many different names are remembered at once.
const cacheSize = 1 << 15

// A nameCache resolves the names of one file and remembers them, since the same few
// thousand fill it.
type nameCache struct {
	importer  *Importer
	names     map[string]*nameHit
	countries map[string]string
	sectors   map[string]sectorHit
}

// A sectorHit is what a list of ICEWS' sectors says.
type sectorHit struct {
	sector string
	body   string // "IGO", "NGO", "MNC" or "IMG" for what belongs to no country
}

func newNameCache(m *Importer) *nameCache {
	return &nameCache{m, map[string]*nameHit{}, map[string]string{}, map[string]sectorHit{}}
}

// remember puts a value into a cache, which is emptied when it is full. The key is
// copied, for it would keep the whole row alive.
func remember[T any](cache map[string]T, key string, value T) T {
	if len(cache) >= cacheSize {
		clear(cache)
	}
	cache[strings.Clone(key)] = value
	return value
}

func (c *nameCache) name(name string) *nameHit {
	if hit, ok := c.names[name]; ok {
		return hit
	}
	return remember(c.names, name, c.importer.lookUp(name))
}

// country gives ISO's code for a country's name, "" where there is none.
func (c *nameCache) country(name string) string {
	if name == "" {
		return ""
	}
	if code, ok := c.countries[name]; ok {
		return code
	}
	return remember(c.countries, name, c.importer.countries[fold(name)])
}

// sectorsOf reads ICEWS' list of sectors, "Executive,Foreign Ministry,Government". Names
// of sectors have commas too, "Infantry (Ships, Tanks)", but none of those in the list
// that decides needs its second half.
func (c *nameCache) sectorsOf(list string) sectorHit {
	if list == "" {
		return sectorHit{}
	}
	if hit, ok := c.sectors[list]; ok {
		return hit
	}
	var hit sectorHit
	best := -1
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if ranked, ok := c.importer.sectors[OriginICEWS][name]; ok && (best < 0 || ranked.rank < best) {
			hit.sector, best = ranked.code, ranked.rank
		}
		if hit.body == "" {
			hit.body = international(name)
		}
	}
	return remember(c.sectors, list, hit)
}

// international gives PLOVER's code for an ICEWS sector of what belongs to no country.
func international(sector string) string {
	switch sector {
	case "International Government Organization", "Global", "Regional":
		return "IGO"
	case "Nongovernmental Organization (International)":
		return "NGO"
	case "Multinational Corporation":
		return "MNC"
	case "International Insurgents", "International Radicals / Extremists / Fundamentalists", "International Rebel", "International Separatists":
		return "IMG"
	}
	if strings.HasSuffix(sector, " IGOs") && (strings.HasPrefix(sector, "Global ") || strings.HasPrefix(sector, "Regional ")) {
		return "IGO"
	}
	return ""
}

// side says who stands on one side of an event that names him: by the country and the
// sectors that the row gives, by the codebook's actors of that name, and by the country
// in brackets, "Citizen (India)". Whoever cannot be placed keeps his name and no code.
func (c *nameCache) side(to *[1]dyad.Entity, name, sectors, country string, date dyad.Date) []dyad.Entity {
	if name == "" && country == "" {
		return nil
	}
	e := &to[0]
	e.Code = c.country(country)
	fromSectors := c.sectorsOf(sectors)
	e.Sector = fromSectors.sector
	if name != "" {
		hit := c.name(name)
		if e.Code == "" {
			e.Code = hit.country
		}
		if e.Sector == "" {
			e.Sector = hit.sector
		}
		if who, ok := c.importer.named(hit, e.Code, date); ok {
			e.Identifier, e.Name, e.Office = who.Identifier, who.Name, who.Office
			if e.Code == "" {
				e.Code = who.Code
			}
			if e.Sector == "" {
				e.Sector = who.Sector
			}
		}
	}
	if e.Code == "" {
		e.Code = fromSectors.body
	}
	e.Text = name
	return to[:1]
}
