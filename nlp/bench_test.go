package nlp

import (
	"strings"
	"testing"
)

// benchText is about a page of news in our own words.
var benchText = strings.Repeat("President Anna Veld of Aldoria arrived in Brennburg on Tuesday for two days of talks on trade and the border dispute. "+
	"Her visit comes three weeks after Brennian troops opened fire on a convoy near the town of Harn, killing four people. "+
	"\"We want to turn the page,\" she told reporters at the airport, adding that both countries had much to gain. "+
	"Officials in Corva, which accuses Brennia of arming rebels, said they would follow the meeting closely.\n\n", 20)

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSentences(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range m.Sentences(benchText) {
			words += len(s.Tokens)
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkParse(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	sentences := m.Sentences(benchText)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		for i := range sentences {
			m.Parse(&sentences[i])
			words += len(sentences[i].Tokens)
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
