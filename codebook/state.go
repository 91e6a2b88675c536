package codebook

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// State gives the code of a state by its code or any of its names, in any case of
// letters: "IRN", "Iran", "Persia". IGO stands for all international organisations.
// When no state is called so the error suggests: "Korea" may be KOR or PRK.
func (b *Codebook) State(name string) (string, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	if wanted == "igo" {
		return "IGO", nil
	}
	var holding, known []string // names that hold the word asked for; all names
	code := map[string]string{}
	for i := range b.Actors {
		a := &b.Actors[i]
		if a.Kind != KindState {
			continue
		}
		if strings.ToLower(a.ID) == wanted {
			return a.ID, nil
		}
		for _, n := range slices.Concat([]string{a.Name}, a.Names, a.Adjs, a.Former) {
			lower := strings.ToLower(n)
			if lower == wanted {
				return a.ID, nil
			}
			known = append(known, lower)
			code[lower] = a.Name + " (" + a.ID + ")"
		}
		if len(wanted) > 2 && strings.Contains(strings.ToLower(a.Name), wanted) {
			holding = append(holding, a.Name+" ("+a.ID+")")
		}
	}
	if len(holding) == 0 {
		if like := Nearest(wanted, known); like != "" {
			holding = []string{code[like]}
		}
	}
	if len(holding) == 0 {
		return "", errors.New("no state has this code or name; codes are those of ISO 3166, such as IRN or PAK")
	}
	slices.Sort(holding)
	return "", fmt.Errorf("no state has just this code or name; did you mean %s?", strings.Join(holding[:min(len(holding), 6)], " or "))
}
