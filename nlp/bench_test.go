package nlp

import (
	"bufio"
	"encoding/json"
	"os"
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

// articles reads real articles where they are at hand, every sixth of a file in
// which neighbours are alike.
func articles(b *testing.B) []string {
	file, err := os.Open("../../shared/news/insight-crime.jsonl")
	if err != nil {
		b.Skip("the articles are not here: ", err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	var texts []string
	for n := 0; in.Scan(); n++ {
		var story struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &story); err != nil {
			b.Fatal(err)
		}
		if n%6 == 0 {
			texts = append(texts, story.Text)
		}
	}
	return texts
}

// BenchmarkArticles is the speed on running news: its words are many more than
// those of benchText, and its sentences longer.
func BenchmarkArticles(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	texts := articles(b)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			for _, s := range m.Sentences(text) {
				words += len(s.Tokens)
			}
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkSplitArticles(b *testing.B) {
	texts := articles(b)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			for _, s := range Split(text) {
				words += len(s.Tokens)
			}
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
