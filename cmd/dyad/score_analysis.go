package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/format"
	"github.com/opendyad/dyad/ingest"
	"github.com/opendyad/dyad/pipeline"
)

// A goldAnalysis is an analysis article as read by hand: the parts that count for
// the recall of claims, positions and expectations.
type goldAnalysis struct {
	Date      string   `json:"date"`
	Sentences []string `json:"sentences"`
	Claims    []struct {
		Sentence int      `json:"sentence"`
		Pair     []string `json:"pair"`
		State    string   `json:"state"`
		StateOK  []string `json:"state_ok"`
		Optional bool     `json:"optional"`
	} `json:"claims"`
	Positions []struct {
		Sentence     int      `json:"sentence"`
		Holder       codeList `json:"holder"`
		IssueWords   []string `json:"issue_words"`
		ContentWords []string `json:"content_words"`
		Optional     bool     `json:"optional"`
	} `json:"positions"`
	Expectations []struct {
		Sentence     int      `json:"sentence"`
		Who          codeList `json:"who"`
		WhoOK        []any    `json:"who_ok"`
		ContentWords []string `json:"content_words"`
		Optional     bool     `json:"optional"`
	} `json:"expectations"`
}

// A codeList is one code or several.
type codeList []string

// UnmarshalJSON reads a string or a list of strings.
func (c *codeList) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var one string
		err := json.Unmarshal(data, &one)
		*c = codeList{one}
		return err
	}
	return json.Unmarshal(data, (*[]string)(c))
}

// An analysisRecord is a record with what the scoring looks at.
type analysisRecord struct {
	*dyad.Record
	sentence int    // of the gold, 0 when the text is in none
	words    string // the record as JSON, lower case
}

// scoreAnalysis codes analysis articles and prints the mean recall of claims,
// positions and expectations, as tools/analysis.py of the development data does.
func scoreAnalysis(w io.Writer, p *pipeline.Pipeline, kind, folder string) error {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("there are no analysis articles in %s", folder)
	}
	sort.Strings(paths)
	var found, all [3]int
	for _, path := range paths {
		gold, records, err := codeAnalysis(p, path)
		if err != nil {
			return err
		}
		f, a := recallOf(gold, records)
		for i := range f {
			found[i] += f[i]
			all[i] += a[i]
		}
	}
	mean := 0.0
	for i := range found {
		mean += ratio(found[i], max(1, all[i])) / 3
	}
	fmt.Fprintf(w, "%-11s analysis, mean recall %.3f: claims %d/%d, positions %d/%d, expectations %d/%d\n", kind, mean, found[0], all[0], found[1], all[1], found[2], all[2])
	return nil
}

func codeAnalysis(p *pipeline.Pipeline, path string) (*goldAnalysis, []analysisRecord, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	gold := &goldAnalysis{}
	if err := json.Unmarshal(data, gold); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", path, err)
	}
	published, err := dyad.ParseDate(gold.Date)
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", path, err)
	}
	text := strings.TrimSuffix(path, ".json") + ".txt"
	file, err := os.Open(text)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	var out []analysisRecord
	for st, err := range ingest.Read(file, text, ingest.Options{Input: ingest.Text, Published: published}) {
		if err != nil {
			return nil, nil, err
		}
		coding := p.Code(st)
		for i := range coding.Records {
			r := &coding.Records[i]
			line, err := format.JSON(r)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, analysisRecord{r, sentenceOf(gold.Sentences, r.Text), strings.ToLower(string(line))})
		}
	}
	return gold, out, nil
}

// sentenceOf finds the gold sentence of a record's text, from 1.
func sentenceOf(sentences []string, text string) int {
	t := bare(text)
	if t == "" {
		return 0
	}
	for i, s := range sentences {
		n := bare(s)
		if t == n || len(t) > 20 && (strings.Contains(n, t) || strings.Contains(t, n)) {
			return i + 1
		}
	}
	return 0
}

// bare keeps letters and digits, lower case, blanks between.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}), " ")
}

// recallOf counts claims, positions and expectations found, and all there are.
func recallOf(gold *goldAnalysis, records []analysisRecord) (found, all [3]int) {
	for _, c := range gold.Claims {
		if c.Optional {
			continue
		}
		all[0]++
		found[0] += oneIf(records, func(r *analysisRecord) bool {
			return r.Claim != nil && (r.sentence == c.Sentence || r.sentence == 0) && sameCodes(knownCodes(c.Pair), entityCodes(r.Claim.Pair)) &&
				(r.Claim.State == c.State || containsString(c.StateOK, r.Claim.State))
		})
	}
	for _, q := range gold.Positions {
		if q.Optional {
			continue
		}
		all[1]++
		found[1] += oneIf(records, func(r *analysisRecord) bool {
			return r.Position != nil && (r.sentence == q.Sentence || r.sentence == 0) && share(knownCodes(q.Holder), entityCodes(r.Position.Holder)) &&
				containsAny(r.words, append(append([]string(nil), q.IssueWords...), q.ContentWords...))
		})
	}
	for _, x := range gold.Expectations {
		if x.Optional {
			continue
		}
		all[2]++
		who := knownCodes(append(append([]string(nil), x.Who...), flatten(x.WhoOK)...))
		found[2] += oneIf(records, func(r *analysisRecord) bool {
			if r.Expectation == nil || r.sentence != x.Sentence && r.sentence != 0 || !share(who, entityCodes(r.Expectation.Who)) {
				return false
			}
			content := strings.ToLower(r.Expectation.Content)
			if content == "" {
				content = r.words
			}
			return containsAny(content, x.ContentWords)
		})
	}
	return found, all
}

func oneIf(records []analysisRecord, fits func(*analysisRecord) bool) int {
	for i := range records {
		if fits(&records[i]) {
			return 1
		}
	}
	return 0
}

func knownCodes(codes []string) map[string]bool {
	out := map[string]bool{}
	for _, c := range codes {
		out[normalCode(c)] = true
	}
	return out
}

func sameCodes(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for c := range a {
		if !b[c] {
			return false
		}
	}
	return true
}

func flatten(values []any) []string {
	var out []string
	for _, v := range values {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			out = append(out, flatten(v)...)
		}
	}
	return out
}

func containsString(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
