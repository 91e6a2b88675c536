//go:build cgo

package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

// told makes a record of an event that a sentence of a story tells.
func told(id int, story, text, sentence, trigger, sides, kind string) dyad.Record {
	r := event(id, sides, kind, "2024-05-13")
	r.ID = recordID(uint64(id))
	r.Story, r.Text, r.Codebook = story, sentence, "c0de"
	at := strings.Index(text, sentence)
	word := at + strings.Index(sentence, trigger)
	r.Evidence = dyad.Evidence{Sequence: 1, Span: dyad.Span{Start: at, End: at + len(sentence)}, Trigger: dyad.Span{Start: word, End: word + len(trigger)}}
	r.Event.Trigger = trigger
	return r
}

// sound makes a store in which everything agrees: two stories, of which the second
// is a copy and reports the same visit, and an event of another project.
func sound(t *testing.T) *DuckDB {
	t.Helper()
	s := open(t, filepath.Join(t.TempDir(), "a.duckdb"))
	const text = "Anna Veld visited Brennia on Monday. Her visit was short."
	one := told(0x11, "a", text, "Anna Veld visited Brennia on Monday.", "visited", "ALD>BRE EST", "CONSULT")
	one.Mentions = []dyad.Evidence{{Sequence: 2, Span: dyad.Span{Start: 37, End: 57}, Trigger: dyad.Span{Start: 41, End: 46}}}
	visit := told(0x12, "a", text, one.Text, "visited", "", "")
	visit.Kind, visit.Event = dyad.KindVisit, nil
	visit.Visit = &dyad.Visit{Visitor: one.Event.Actor, Host: one.Event.Recipient, Status: "done", Outcomes: []string{one.ID}}
	two := told(0x21, "b", text, one.Text, "visited", "ALD>BRE EST", "CONSULT")
	imported := event(0x31, "ALD>BRE", "ASSAULT", "2024-05")
	imported.ID, imported.Own = recordID(0xf000000000000031), &dyad.Own{Origin: "icews", ID: "7", Code: "190"}
	ctx := context.Background()
	entries := []Entry{entry("a", "2024-05-14", one, visit), entry("b", "2024-05-14", two)}
	for i := range entries {
		entries[i].Story.Text = text
	}
	entries[0].Keys, entries[1].Keys = []uint64{9, 0}, []uint64{9}
	entries = append(entries, Entry{Failures: []dyad.Failure{{Story: "x", Stage: "ingest", Error: "it has no text", Source: "in.jsonl:3"}}})
	if err := s.Add(ctx, entries); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, prepareAll(t, imported)); err != nil {
		t.Fatal(err)
	}
	if err := s.SetClusters(ctx, map[int64]int64{2: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetHappenings(ctx, map[uint64]uint64{0x21: 0x11}); err != nil {
		t.Fatal(err)
	}
	return s
}

func faults(t *testing.T, s *DuckDB) (string, Checked) {
	t.Helper()
	var told []string
	checked, err := s.Verify(context.Background(), func(fault string) { told = append(told, fault) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(told, "\n"), checked
}

func TestASoundStoreHasNoFaults(t *testing.T) {
	got, checked := faults(t, sound(t))
	if got != "" {
		t.Errorf("a sound store has faults:\n%s", got)
	}
	if checked.Stories != 2 || checked.Clusters != 1 || checked.Records[dyad.KindEvent] != 2 || checked.Records[dyad.KindVisit] != 1 ||
		checked.Imported != 1 || checked.Happenings != 3 || checked.Pairs != 7 || checked.Failures != 1 || checked.Faults != 0 {
		t.Errorf("what was checked is told as %+v", checked)
	}
}

// Whatever is broken in the file is told.
func TestEveryFaultIsTold(t *testing.T) {
	const b11 = `(select body from records where id = 17)`
	for _, c := range []struct{ name, sql, want string }{
		{"a text cut short", `update stories set text = 'Anna Veld' where id = 'a'`, "is said to stand at bytes 0 to 36, but the story a has 9 bytes"},
		{"a text changed", `update stories set text = replace(text, 'Anna', 'Hanna') where id = 'b'`, "quotes a sentence that does not stand at bytes 0 to 36 of the story b"},
		{"a mention outside", `update records set body = replace(body, '"end":57', '"end":570') where id = 17`, "the mention 1 of the record 0000000000000011 is said to stand at bytes 37 to 570"},
		{"a trigger outside", `update records set body = replace(body, '"trigger_end":17', '"trigger_end":40') where id = 33`, "stand at bytes 10 to 40, outside its sentence at 0 to 36"},
		{"a story gone", `delete from stories where id = 'b'`, "the record 0000000000000021 is of story number 2, which is not there"},
		{"a first story gone", `delete from stories where id = 'a'`, "the story b is in the cluster of story number 1, which is not there"},
		{"a row too few", `delete from dyads where record = 17 and ordinal = 1`, "has 2 pairs of parties, but 1 can be asked for"},
		{"no rows", `delete from dyads where record = 33`, "nothing can be asked of the record 0000000000000021"},
		{"a record gone", `delete from records where id = 33`, "something can be asked of the record 0000000000000021, which is not there"},
		{"counts that differ", `delete from records where id = 33`, "there are 2 records of the kind event, but 3 of them can be asked for"},
		{"another actor", `update dyads set actor = 'COR' where record = 33`, "its actor is {ALD GOV}, not {COR GOV}"},
		{"another date", `update dyads set date = date + 1 where record = 17`, "its date is 2024-05-13 day, not 2024-05-14 day"},
		{"an imported event's code", `update dyads set event = 'AID' where origin = 'icews'`, "its event is ASSAULT, not AID"},
		{"an imported event gone", `delete from records where origin = 'icews'`, "something can be asked of the record f000000000000031, which is not there"},
		{"an imported event with a story", `update records set story = 1 where origin = 'icews'`, "the event f000000000000031 of icews belongs to story number 1"},
		{"a record twice", `insert into records from records where id = 33`, "2 records have the id 0000000000000021"},
		{"a story twice", `insert into stories from stories where id = 'b'`, "2 stories have the id b"},
		{"no such happening", `update dyads set happening = 99 where record = 33`, "reports the happening 0000000000000063, for which no record stands"},
		{"a happening of a happening", `update dyads set happening = 18 where record = 17`, "the record 0000000000000021 reports the happening 0000000000000011, whose record reports another happening itself"},
		{"a cluster of a cluster", `update stories set cluster = 2 where id = 'a'`, "which is itself in another cluster"},
		{"an outcome gone", `update records set body = replace(body, '"outcomes":["0000000000000011"]', '"outcomes":["0000000000000077"]') where id = 18`, "the record 0000000000000012 names the record 0000000000000077, which is not there"},
		{"a body cut short", `update records set body = body[:100] where id = 17`, "the record 0000000000000011 cannot be read"},
		{"a body of another", `update records set body = ` + b11 + ` where id = 33`, "the record stored as 0000000000000021 calls itself 0000000000000011"},
		{"no codebook", `update records set codebook = '', body = replace(body, '"codebook":"c0de"', '"codebook":""') where id = 17`, "does not say with which codebook it was coded"},
		{"another codebook", `update records set codebook = 'beef' where id = 17`, `names the codebook "c0de" and is stored as coded with "beef"`},
		{"folded too far", `update meta set value = '7' where name = 'folded_to'`, "folded up to story number 7, but the last story is number 2"},
		{"a failure of nothing", `update failures set source = ''`, "failure 1 (in ingest) names neither a stored story nor a source"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sound(t)
			if _, err := s.write.ExecContext(context.Background(), c.sql); err != nil {
				t.Fatal(err)
			}
			got, checked := faults(t, s)
			if !strings.Contains(got, c.want) {
				t.Errorf("told is\n%s\nwanted is %q", got, c.want)
			}
			if checked.Faults == 0 {
				t.Error("no fault is counted")
			}
		})
	}
}

// An expectation that was decided by a record that is gone is a fault.
func TestDecidedByWhatIsGone(t *testing.T) {
	s := sound(t)
	const text = "Corva will sign."
	r := told(0x41, "c", text, text, "sign", "COR>", "AGREE")
	r.Kind, r.Event = dyad.KindExpectation, nil
	r.Expectation = &dyad.Expectation{Who: []dyad.Entity{{Code: "COR"}}, Type: "AGREE", Content: "sign", Status: dyad.StatusMet, DecidedBy: "beef"}
	e := entry("c", "2024-05-14", r)
	e.Story.Text = text
	if err := s.Add(context.Background(), []Entry{e}); err != nil {
		t.Fatal(err)
	}
	if got, _ := faults(t, s); got != "the record 0000000000000041 names the record beef, which is not there" {
		t.Errorf("told is %q", got)
	}
}

// A file in which bytes have changed is damaged, wherever that is.
func TestADamagedFileIsTold(t *testing.T) {
	s := sound(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	said, reached := 0, 0
	for at := 3 * 4096; at < len(data); at += 64 << 10 {
		broken := bytes.Clone(data)
		for i := at; i < min(at+64, len(broken)); i++ {
			broken[i] ^= 0x5a
		}
		path := filepath.Join(t.TempDir(), "broken.duckdb")
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		reached++
		b, err := Open(path, Read)
		if err != nil {
			if !strings.Contains(err.Error(), "is damaged") {
				t.Errorf("opening a file broken at byte %d gives %v", at, err)
			}
			said++
			continue
		}
		got, checked := faults(t, b)
		if checked.Damaged {
			said++
		} else if got != "" {
			t.Errorf("a file broken at byte %d has other faults:\n%s", at, got)
		}
		b.Close()
	}
	if said == 0 {
		t.Errorf("none of %d broken files is told", reached)
	}
}
