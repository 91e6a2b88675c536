package actor_test

import (
	"strings"
	"testing"

	"github.com/opendyad/dyad"
)

var benchText = strings.Repeat("President Anna Veld of Aldoria arrived in Brennburg on Tuesday for two days of talks on trade and the border dispute. "+
	"Her visit comes three weeks after Brennian troops opened fire on a convoy near the town of Harn, killing four people. "+
	"She told reporters at the airport that both countries had much to gain. "+
	"Officials in Corva, which accuses Brennia of arming rebels, said they would follow the meeting closely.\n\n", 20)

func BenchmarkFind(b *testing.B) {
	f, err := real()
	if err != nil {
		b.Fatal(err)
	}
	doc := parse(b, benchText, dyad.Date{Year: 2024, Month: 5, Day: 15})
	words, mentions := 0, 0
	for i := range doc.Sentences {
		words += len(doc.Sentences[i].Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		mentions += len(f.Find(doc))
	}
	if mentions == 0 {
		b.Fatal("nobody was found")
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
