package relation

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Markdown sets a brief as Markdown. What stories say is escaped: nothing in it can
// become a heading, a link or a tag.
func (d *Document) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", markdown(d.Title))
	if d.Period != "" {
		fmt.Fprintf(&b, "\n%s\n", capital(d.Period))
	}
	if d.Lead.Text != "" {
		fmt.Fprintf(&b, "\n**%s**%s\n", markdown(d.Lead.Text), cited(d.Lead.Cited))
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n## %s\n\n", s.Title)
		if s.empty() {
			fmt.Fprintf(&b, "%s\n", s.Empty)
		}
		if s.Table != nil {
			b.WriteString(s.Table.markdown())
		}
		for _, l := range s.Lines {
			if l.Under {
				b.WriteString("  ")
			}
			b.WriteString("- ")
			if l.Label != "" {
				fmt.Fprintf(&b, "**%s** ", markdown(l.Label))
			}
			b.WriteString(markdown(l.Text))
			if l.Quote != "" {
				fmt.Fprintf(&b, " “%s”", markdown(l.Quote))
			}
			b.WriteString(cited(l.Cited) + "\n")
		}
		for i, note := range s.Notes {
			if i == 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "*%s*  \n", markdown(note))
		}
	}
	if len(d.Sources) > 0 {
		b.WriteString("\n## Sources\n\n")
	}
	for _, s := range d.Sources {
		fmt.Fprintf(&b, "%d. %s\n", s.Number, markdown(s.words()))
	}
	return b.String()
}

func (s *Section) empty() bool { return len(s.Lines) == 0 && s.Table == nil }

// line puts text on one line, without anything that a terminal might obey.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}

// Plain sets a brief as plain text, for a terminal.
func (d *Document) Plain() string {
	var b strings.Builder
	b.WriteString(line(d.heading()) + "\n")
	if d.Lead.Text != "" {
		b.WriteString(line(d.Lead.Text) + cited(d.Lead.Cited) + "\n")
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(s.Title))
		if s.empty() {
			fmt.Fprintf(&b, "  %s\n", s.Empty)
		}
		if s.Table != nil {
			b.WriteString(s.Table.plain())
		}
		width := 0
		for _, l := range s.Lines {
			width = max(width, len(l.Label))
		}
		for _, l := range s.Lines {
			indent := "  "
			if l.Under {
				indent = "      "
			}
			text := line(l.Text)
			if width > 0 {
				text = fmt.Sprintf("%-*s  %s", width, line(l.Label), text)
			}
			fmt.Fprintf(&b, "%s%s%s\n", indent, text, cited(l.Cited))
			if l.Quote != "" {
				fmt.Fprintf(&b, "%s%*s  “%s”\n", indent, width, "", line(l.Quote))
			}
		}
		for _, note := range s.Notes {
			fmt.Fprintf(&b, "  (%s)\n", line(strings.TrimSuffix(note, ".")))
		}
	}
	if len(d.Sources) > 0 {
		b.WriteString("\nSOURCES\n")
	}
	for _, s := range d.Sources {
		fmt.Fprintf(&b, "  %d  %s\n", s.Number, line(s.words()))
	}
	return b.String()
}

// heading is the title with the time that is told of.
func (d *Document) heading() string {
	if d.Period == "" {
		return d.Title
	}
	return d.Title + ", " + d.Period
}

// words name a source: its title, outlet, day and address, as far as they are known.
func (s *Source) words() string {
	var parts []string
	for _, p := range []string{s.Title, s.Publisher, s.Published.String(), s.URL, s.Story} {
		if p != "" && !(p == s.Story && s.URL != "") {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

func cited(numbers []int) string {
	if len(numbers) == 0 {
		return ""
	}
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = fmt.Sprint(n)
	}
	return " [" + strings.Join(words, ", ") + "]"
}

// markdown escapes what has a meaning in Markdown, and puts text on one line.
func markdown(text string) string {
	var b strings.Builder
	for _, r := range line(text) {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '!':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const briefStyle = `
body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1, h2 { font-family: Helvetica, Arial, sans-serif; line-height: 1.2; } h1 { margin-bottom: 0; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; border-bottom: 1px solid #ccc; }
.period { color: #555; margin-top: .2em; } .lead { font-size: 1.25em; font-weight: bold; }
ul { list-style: none; padding: 0; } li { margin: .35em 0; break-inside: avoid; } .under { margin-left: 1.5em; font-size: .93em; } b { font-family: Helvetica, Arial, sans-serif; font-size: .85em; color: #444; }
q { color: #555; font-style: italic; } sup a { text-decoration: none; } table { border-collapse: collapse; font: .8em/1.4 Helvetica, Arial, sans-serif; } th, td { padding: .15em .5em; text-align: right; border-bottom: 1px solid #ddd; } th:first-child { text-align: left; white-space: nowrap; }
.note { font-size: .85em; color: #555; margin: .2em 0; } figure { margin: 1em 0; } figcaption { font-size: .85em; color: #555; } svg { width: 100%; height: auto; }
@media print { body { margin: 0; font-size: 11pt; } h2 { break-after: avoid; } a { color: inherit; } }
`

// HTML sets a brief as one page that needs nothing else: the style and the charts are
// in it.
func (d *Document) HTML() string {
	var b strings.Builder
	title := html.EscapeString(d.Title)
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", title, briefStyle)
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p class=\"period\">%s</p>\n<p class=\"lead\">%s%s</p>\n", title, html.EscapeString(capital(d.Period)), html.EscapeString(d.Lead.Text), linked(d.Lead.Cited))
	if d.brief != nil {
		b.WriteString(d.brief.figures())
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "<section>\n<h2>%s</h2>\n", html.EscapeString(s.Title))
		if s.empty() {
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(s.Empty))
		}
		if s.Table != nil {
			b.WriteString(s.Table.html())
		}
		if len(s.Lines) > 0 {
			b.WriteString("<ul>\n")
			for _, l := range s.Lines {
				b.WriteString(l.html())
			}
			b.WriteString("</ul>\n")
		}
		for _, note := range s.Notes {
			fmt.Fprintf(&b, "<p class=\"note\">%s</p>\n", html.EscapeString(note))
		}
		b.WriteString("</section>\n")
	}
	if len(d.Sources) > 0 {
		b.WriteString("<section>\n<h2>Sources</h2>\n<ol>\n")
		for _, s := range d.Sources {
			fmt.Fprintf(&b, "<li id=\"source-%d\">%s</li>\n", s.Number, s.html())
		}
		b.WriteString("</ol>\n</section>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

func (l *Line) html() string {
	var b strings.Builder
	if l.Under {
		b.WriteString("<li class=\"under\">")
	} else {
		b.WriteString("<li>")
	}
	if l.Label != "" {
		fmt.Fprintf(&b, "<b>%s</b> ", html.EscapeString(l.Label))
	}
	b.WriteString(html.EscapeString(l.Text))
	if l.Quote != "" {
		fmt.Fprintf(&b, " <q>%s</q>", html.EscapeString(line(l.Quote)))
	}
	b.WriteString(linked(l.Cited) + "</li>\n")
	return b.String()
}

func linked(numbers []int) string {
	if len(numbers) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(" <sup>")
	for i, n := range numbers {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "<a href=\"#source-%d\">%d</a>", n, n)
	}
	b.WriteString("</sup>")
	return b.String()
}

// html names a source with a link, if its address is one of the web's: a story's
// address is whatever a feed said, and "javascript:" is an address too.
func (s *Source) html() string {
	words := html.EscapeString(s.words())
	if !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
		return words
	}
	return fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(s.URL), words)
}
