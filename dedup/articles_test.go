package dedup_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// An article is a made-up piece of news, in the parts that outlets edit.
type article struct {
	before     string // boilerplate of the outlet
	dateline   string
	paragraphs []string
	after      string // credits, boilerplate
}

func (a article) text() string {
	var b strings.Builder
	if a.before != "" {
		b.WriteString(a.before + "\n\n")
	}
	b.WriteString(a.dateline + strings.Join(a.paragraphs, "\n\n"))
	if a.after != "" {
		b.WriteString("\n\n" + a.after)
	}
	return b.String()
}

// A topic has the words of one running story: articles on it share all of them.
type topic struct{ people, places, things, acts []string }

var topics = []topic{
	{
		people: []string{"President Ilse Varn", "Foreign Minister Odo Kest", "General Mira Tolan", "envoy Pell Aram", "the Brennian army", "the border guard", "Aldorian officials", "a spokesman for the ministry"},
		places: []string{"Korvath", "the Sill valley", "the northern border", "Port Emmer", "the Tarn crossing", "the capital", "Upper Maren", "the disputed ridge"},
		things: []string{"the ceasefire", "the border posts", "the withdrawal of troops", "the exchange of prisoners", "artillery fire", "the buffer zone", "the joint commission", "the monitors", "the shelling of villages", "the corridor"},
		acts:   []string{"warned that", "said that", "denied that", "told reporters that", "accepted that", "announced that", "wrote in a letter that", "insisted that", "told parliament that"},
	},
	{
		people: []string{"Finance Minister Ruan Dell", "the central bank", "Governor Tessa Holm", "the Corvan government", "union leader Jun Oster", "the lenders", "importers", "two economists"},
		places: []string{"Hallen", "the free port", "the exchange in Corva City", "the eastern provinces", "the grain terminals", "Lake Orrin", "the trade ministry", "the mining towns"},
		things: []string{"the tariff on steel", "the wheat contract", "the loan of 1,200 million crowns", "inflation of 14 per cent", "the strike at the docks", "the price of fuel", "the budget", "the pipeline", "the reserves", "the debt talks"},
		acts:   []string{"said that", "estimated that", "told creditors that", "hoped that", "repeated that", "confirmed that", "predicted that", "complained that", "calculated that"},
	},
	{
		people: []string{"the rescue service", "Mayor Anse Brodie", "the aid agency", "Doctor Lio Marsh", "survivors", "the interior ministry", "volunteers", "engineer Dara Quill"},
		places: []string{"Nether Sund", "the delta", "the flooded suburbs", "Saint Orla", "the dam", "the coast road", "three villages", "the hospital in Wick"},
		things: []string{"the flood", "the broken levee", "the shelters", "drinking water", "the search for the missing", "the evacuation", "the damage to bridges", "the relief convoy", "cholera", "the warning system"},
		acts:   []string{"reported that", "said that", "feared that", "told a local station that", "promised that", "pleaded that", "found that", "noted that", "explained that"},
	},
}

var (
	adjectives = strings.Fields(`heavy sudden quiet partial early recent costly final narrow broad bitter formal tense fresh limited
		severe likely distant common local foreign gradual hidden firm fragile lasting modest open painful rapid rare secret slow
		steady strict urgent vast weak wide joint private public regional separate special technical usual winter vital`)
	nouns = strings.Fields(`agreement answer attempt battle bridge cabinet campaign charge choice claim coalition column concern
		convoy council court crisis crowd deadline debate decision defence delay demand deputy detail district doubt effort election
		enquiry factory family farmer figure force harbour hearing influence journey judge law market meeting message minority mission
		morning neighbour observer offer opposition outcome patrol pledge plan police pressure programme proposal protest province
		question railway rally refusal regime report request resident response reform road route season session shortage signal
		soldier source statement station summit support survey target threat train treaty village visit vote weather week witness worker`)
	verbs = strings.Fields(`accepted addressed affected approached blocked brought changed closed covered crossed delayed divided
		ended entered exposed faced followed forced halted hurt joined kept left limited lost met missed moved needed opened ordered
		passed pressed prevented raised reached reduced refused rejected replaced required restored revealed saved settled shaped
		slowed split started stopped surprised survived tested threatened touched troubled turned weakened welcomed withheld`)
	links = []string{"while", "after", "because", "although", "before", "as", "so that", "even if", "until", "where"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func (t *topic) sentence(r *rand.Rand) string {
	a := func() string { return "the " + pick(r, adjectives) + " " + pick(r, nouns) }
	var s string
	switch r.IntN(6) {
	case 0:
		s = fmt.Sprintf("%s %s %s %s %s in %s", pick(r, t.people), pick(r, t.acts), pick(r, t.things), pick(r, verbs), a(), pick(r, t.places))
	case 1:
		s = fmt.Sprintf("in %s, %s %s %s, %s %s %s %s", pick(r, t.places), pick(r, t.people), pick(r, verbs), a(), pick(r, links), pick(r, t.things), pick(r, verbs), a())
	case 2:
		s = fmt.Sprintf("“%s will be %s by %s,” %s %s, and %s %s", pick(r, t.things), pick(r, verbs), a(), pick(r, t.people), pick(r, []string{"said", "added", "told this newspaper"}), pick(r, t.people), pick(r, verbs)+" "+a())
	case 3:
		s = fmt.Sprintf("%s and %s %s %s %s %s of %d %s", a(), a(), pick(r, verbs), pick(r, t.things), pick(r, links), pick(r, nouns), 2+r.IntN(90), pick(r, nouns)+"s")
	case 4:
		s = fmt.Sprintf("according to %s, %d per cent of %s %s %s near %s, %s %s did not", pick(r, t.people), 2+r.IntN(90), a(), pick(r, verbs), a(), pick(r, t.places), pick(r, links), a())
	default:
		s = fmt.Sprintf("%s, who %s %s last %s, %s %s %s %s at a cost of %d,%03d crowns", pick(r, t.people), pick(r, verbs), a(),
			pick(r, []string{"week", "month", "year", "spring"}), pick(r, verbs), a(), pick(r, links), pick(r, t.things)+" "+pick(r, verbs)+" "+a(), 1+r.IntN(9), r.IntN(1000))
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (t *topic) paragraph(r *rand.Rand) string {
	sentences := make([]string, 2+r.IntN(2))
	for i := range sentences {
		sentences[i] = t.sentence(r)
	}
	return strings.Join(sentences, " ")
}

// write makes an article of so many paragraphs, of about 50 words each.
func (t *topic) write(r *rand.Rand, paragraphs int) article {
	a := article{dateline: strings.ToUpper(pick(r, []string{"Korvath", "Hallen", "Saint Orla"})) + ", March 3 (Emmer News) — "}
	for range paragraphs {
		a.paragraphs = append(a.paragraphs, t.paragraph(r))
	}
	return a
}

// An edit is what an outlet does to a story that it has from an agency.
type edit struct {
	name string
	do   func(*rand.Rand, article) article
}

const (
	banner  = `You are reading the free edition of The Emmer Courier. Create an account to read unlimited articles, get our morning letter and save stories for later. Already a member? Sign in here.`
	footer  = `The Emmer Courier is an independent newspaper owned by its readers. We follow the code of the Press Council; write to the desk if you find a mistake in this article. All rights reserved. No part of it may be reprinted, translated or fed to machines without our consent in writing. Read more stories like this one on our front page, listen to our podcast or follow us on all networks.`
	history = `The two countries fought a war of eleven months over the Sill valley, in which 9,400 people died and a quarter of a million fled their homes. A truce brokered by the League held for six years, until a patrol was ambushed near the Tarn crossing and each side blamed the other for it.`
)

// edits are in the order of the table that TestCopiesAreToldFromOtherStories logs.
var edits = []edit{
	{"dateline changed", func(r *rand.Rand, a article) article {
		a.dateline = "PORT EMMER (Our correspondent) - "
		return a
	}},
	{"dateline dropped", func(r *rand.Rand, a article) article { a.dateline = ""; return a }},
	{"cut to two thirds", func(r *rand.Rand, a article) article { return a.cut(2, 3) }},
	{"cut to a half", func(r *rand.Rand, a article) article { return a.cut(1, 2) }},
	{"paragraph put in", func(r *rand.Rand, a article) article {
		t := &topics[r.IntN(len(topics))]
		a.paragraphs = slices.Insert(slices.Clone(a.paragraphs), r.IntN(len(a.paragraphs)+1), t.paragraph(r))
		return a
	}},
	{"paragraph taken out", func(r *rand.Rand, a article) article {
		if len(a.paragraphs) > 2 {
			at := r.IntN(len(a.paragraphs))
			a.paragraphs = slices.Delete(slices.Clone(a.paragraphs), at, at+1)
		}
		return a
	}},
	{"paragraphs reordered", func(r *rand.Rand, a article) article {
		a.paragraphs = slices.Clone(a.paragraphs)
		r.Shuffle(len(a.paragraphs), func(i, j int) {
			a.paragraphs[i], a.paragraphs[j] = a.paragraphs[j], a.paragraphs[i]
		})
		return a
	}},
	{"every 12th word another", func(r *rand.Rand, a article) article { return a.replaced(r, 12) }},
	{"every 8th word another", func(r *rand.Rand, a article) article { return a.replaced(r, 8) }},
	{"spelt otherwise", func(r *rand.Rand, a article) article {
		spelling := strings.NewReplacer("per cent", "percent", "defence", "defense", "programme", "program", "neighbour", "neighbor",
			"harbour", "harbor", "enquiry", "inquiry", "“", `"`, "”", `"`, "1,200", "1200")
		a.paragraphs = slices.Clone(a.paragraphs)
		for i, p := range a.paragraphs {
			a.paragraphs[i] = strings.ReplaceAll(spelling.Replace(p), "’", "'")
		}
		return a
	}},
	{"credits", func(r *rand.Rand, a article) article {
		a.after = strings.TrimSpace(a.after + "\n\n(Reporting by Ann Teller in Korvath and Bo Lind in Hallen; writing by Cy Marr; editing by Dee Ost)")
		return a
	}},
	{"boilerplate around", func(r *rand.Rand, a article) article {
		a.before, a.after = banner, strings.TrimSpace(a.after+"\n\n"+footer)
		return a
	}},
}

// cut keeps so much of an article's words, from the beginning.
func (a article) cut(numerator, denominator int) article {
	words := 0
	for _, p := range a.paragraphs {
		words += len(strings.Fields(p))
	}
	left := words * numerator / denominator
	var kept []string
	for _, p := range a.paragraphs {
		fields := strings.Fields(p)
		if fields = fields[:min(left, len(fields))]; len(fields) > 0 {
			kept = append(kept, strings.Join(fields, " "))
		}
		left -= len(fields)
	}
	a.paragraphs = kept
	return a
}

// replaced puts another word in the place of every nth.
func (a article) replaced(r *rand.Rand, n int) article {
	a.paragraphs = slices.Clone(a.paragraphs)
	count := r.IntN(n)
	for i, p := range a.paragraphs {
		fields := strings.Fields(p)
		for j := range fields {
			if count++; count%n == 0 {
				fields[j] = pick(r, nouns) + "ly"
			}
		}
		a.paragraphs[i] = strings.Join(fields, " ")
	}
	return a
}
