package actor_test

import (
	"fmt"

	"github.com/opendyad/dyad"
	"github.com/opendyad/dyad/actor"
	"github.com/opendyad/dyad/codebook"
	"github.com/opendyad/dyad/nlp"
)

func ExampleFinder_Find() {
	book, err := codebook.World(codebook.Shipped())
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := nlp.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "President Anna Veld met Brennian officials. She thanked them."
	doc := dyad.Document{Story: dyad.Story{Text: text, Published: dyad.Date{Year: 2024, Month: 5, Day: 15}}, Sentences: model.Sentences(text)}
	for i := range doc.Sentences {
		model.Parse(&doc.Sentences[i])
	}
	for _, m := range actor.New(book, nil).Find(doc) {
		e := m.Entities[0]
		fmt.Println(e.Text, "is", e.Code, e.Sector)
	}
	// Output:
	// President Anna Veld is ALD GOV
	// Brennian officials is BRE GOV
	// She is ALD GOV
	// them is BRE GOV
}
