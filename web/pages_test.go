package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// every page with what has to come to be seen on it.
var everyPage = []struct{ name, path, until string }{
	{"home", "/", `all(".standing .state").length >= 2 && $(".map .tie") && all(".pairs tbody tr").length > 5 && $(".expectations li")`},
	{"network", "/?view=network", `all(".network .tie").length > 3`},
	{"pair", "/pair/IRN-PAK", `shown("mending since about") && all(".movers q").length >= 3 && all(".panels canvas").length === 3 && $(".visits li") && $(".issues tbody tr") && $(".triads li") && $(".columns .evidence")`},
	{"issues", "/issues", `all("table.list tbody tr").length > 5`},
	{"issue", "/issue/kashmir", `$(".stances .at") && $(".holdings tbody tr") && $(".columns .evidence")`},
	{"actor", "/actor/IRN", `$(".months rect.coop") && shown("Mohammad Mokhber") && !shown("NaN") && $(".columns .evidence")`},
	{"stories", "/stories", `all("table.list tbody tr").length > 20`},
	{"records", "/records?either=IRN-PAK&quad=4&aux=actual", `$("h1").textContent === "Iran and Pakistan, hostile deeds, happened" && all(".evidence").length > 4`},
	{"explain", "/explain?text=Iran+condemned+Pakistan.&date=2024-01-17", `$(".tree svg .arc") && $(".rules .fired") && shown("ACCUSE")`},
	{"month", "/?month=2024-01", `$(".slider g.at") && $(".map .tie") && shown("stories read.")`},
	{"anniversaries", "/pair/IRN-PAK?on=2024-05-20", `$(".anniversary q") && $(".weeks .now") && $(".columns .evidence")`},
	{"compare", "/compare?pair=IRN-PAK&other=IND-PAK&from=2023-06-01&to=2024-05-22", `$(".sum") && all(".compared tbody tr").length > 7 && all(".movers q").length > 3 && $(".months rect.conf")`},
	{"nothing compared", "/compare", `shown("Name a pair")`},
	{"sources", "/sources", `shown("Northgate Wire") && shown("Nothing has failed")`},
	{"no page", "/nothing/here", `$("h1").textContent === "No such page"`},
}

func TestEveryPage(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.expected = "404" // of the last
	for _, p := range everyPage {
		b.open(p.path, p.until)
		for _, fault := range stumbles(b) {
			t.Errorf("%s: %s", p.name, fault)
		}
	}
}

// stumbles are what a screen reader would stumble over.
func stumbles(b *tab) []string {
	b.t.Helper()
	text := b.text(`(() => {
		const name = (e) => e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") && document.getElementById(e.getAttribute("aria-labelledby"))?.textContent) ||
			[...(e.labels ?? [])].map((l) => l.textContent).join("") || e.textContent.trim() || e.title;
		const nameless = all("a[href], button, input, select, textarea, summary, svg[role], section[aria-labelledby], aside, nav").filter((e) => !name(e) && e.type !== "hidden");
		const ids = all("[id]").map((e) => e.id), twice = ids.filter((id, i) => ids.indexOf(id) !== i);
		const styled = all("[style]").filter((e) => !e.closest(".timeline"));
		return [
			...nameless.map((e) => "no name: " + e.outerHTML.slice(0, 160)),
			...twice.map((id) => "an id twice: " + id),
			...(all("h1").length === 1 ? [] : ["not one h1 but " + all("h1").length]),
			...(all("main").length === 1 && $("header.top nav") ? [] : ["no main or no nav"]),
			...all("svg:not([role]):not([aria-hidden])").map((e) => "a drawing neither told nor hidden: " + e.outerHTML.slice(0, 120)),
			...all("th:not([scope])").map((e) => "a heading of nothing: " + e.outerHTML),
			...styled.map((e) => "a style in the markup: " + e.outerHTML.slice(0, 120)),
		].join("\n");
	})()`)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func TestPhone(t *testing.T) {
	b := openTab(t, 360, 740)
	b.expected = "404"
	for _, p := range everyPage {
		b.open(p.path, p.until)
		wide := b.text(`document.documentElement.scrollWidth > innerWidth ? all("main *").filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, svg")).map((e) => e.outerHTML.slice(0, 100)).slice(0, 3).join(" | ") || "wider than the phone" : ""`)
		if wide != "" {
			t.Errorf("%s: %s", p.name, wide)
		}
	}
}

// From a number to its sentence, to its story, to the rule.
func TestDrillDown(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.open("/pair/IRN-PAK", `$(".verdict .num")`)
	b.click(".verdict p.soft .num")
	b.until(`$(".drawer .evidence blockquote mark") && location.search.includes("ev=")`)
	if focused := b.text(`document.activeElement.id`); focused != "drawer-title" {
		t.Errorf("the drawer opened, but the focus is on %q", focused)
	}
	address := b.text(`location.href`)
	b.keys(kb.Escape)
	b.until(`!$(".drawer") && document.activeElement.matches(".num")`)
	b.do(chromedp.Navigate(address)) // as a colleague gets it
	b.until(`$(".drawer .evidence .origin a")`)
	sentence := b.text(`$(".drawer .evidence blockquote").textContent`)
	b.click(".drawer .evidence .origin a")
	b.until(`location.pathname.startsWith("/story/") && $(".piece.chosen") && $(".tree svg .arc") && $(".rules tbody tr")`)
	if story := b.text(`$(".text").textContent`); !strings.Contains(story, sentence) {
		t.Errorf("the story does not hold %q:\n%s", sentence, story)
	}
}

// A number opens as many records as it says, or more: what it takes for one happening
// may be told by several records. Where they differ the drawer says so.
func TestEveryNumberOpensWhatItCounts(t *testing.T) {
	b := openTab(t, 1280, 900)
	for _, p := range everyPage[:len(everyPage)-1] {
		b.open(p.path, p.until)
		b.text(`(window.miscounted = null, (async () => {
			const wrong = [];
			for (const a of all("a.num")) {
				const ev = new URL(a.href).searchParams.get("ev"), n = Number(a.textContent.replaceAll(",", ""));
				if (ev === null || !(n >= 0)) continue;
				const answer = await (await fetch("/api/records?limit=1&" + ev.replace(/^ids=/, "id=").replace(/&n=.*/, ""))).json();
				if (!(answer.total >= n)) wrong.push(n + ", but " + answer.total + " records: " + ev);
			}
			window.miscounted = wrong.join("\n");
		})(), "")`)
		b.until(`typeof window.miscounted === "string"`)
		if wrong := b.text(`window.miscounted`); wrong != "" {
			t.Errorf("%s:\n%s", p.name, wrong)
		}
	}
}

func TestBrush(t *testing.T) {
	b := openTab(t, 1280, 1400)
	b.open("/pair/IRN-PAK", `all(".panels .u-over").length === 3 && $(".columns .evidence")`)
	all := b.text(`$(".timeline") && all("section[aria-labelledby=history] .behind tbody tr").length`)
	x := b.text(`(() => { const r = $(".u-over").getBoundingClientRect(); scrollTo(0, r.top + scrollY - 200); const s = $(".u-over").getBoundingClientRect(); return [s.left + s.width * 0.5, s.left + s.width * 0.8, s.top + 30].join(" ") })()`)
	from, to, y := three(t, x)
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, from, y), chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, from, y, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, (from+to)/2, y, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, to, y, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, to, y, chromedp.ButtonLeft))
	b.until(`/from=20\d\d-\d\d-\d\d&to=20\d\d/.test(location.search) && all("section[aria-labelledby=history] .behind tbody tr").length !== ` + all)
	b.click(`.controls a[href="/pair/IRN-PAK"]`)
	b.until(`location.search === "" && all("section[aria-labelledby=history] .behind tbody tr").length === ` + all)
	// The same by keyboard: to a period, and into its sentences.
	b.do(chromedp.Focus(chromedp.CSS(".panels")))
	b.keys(kb.ArrowRight)
	b.until(`shown("Iran → Pakistan: ")`)
	b.keys(kb.Enter)
	b.until(`$(".drawer .evidence") && decodeURIComponent(location.search).includes("actor=IRN")`)
}

func three(t *testing.T, text string) (a, b, c float64) {
	t.Helper()
	if _, err := fmt.Sscan(text, &a, &b, &c); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return a, b, c
}

// What a view offers to be taken away can be taken away.
func TestExports(t *testing.T) {
	b := openTab(t, 1280, 900)
	for _, p := range everyPage[:len(everyPage)-1] {
		b.open(p.path, p.until)
		b.text(`(window.broken = null, (async () => {
			const wrong = [];
			for (const a of all(".menu a")) {
				const answer = await fetch(a.href);
				// Nobody has corrected anything here, and so there is no gold.
				if (!answer.ok || ((await answer.blob()).size === 0 && !a.href.includes("gold"))) wrong.push(answer.status + " " + a.href);
			}
			window.broken = wrong.join("\n");
		})(), "")`)
		b.until(`typeof window.broken === "string"`)
		if wrong := b.text(`window.broken`); wrong != "" {
			t.Errorf("%s:\n%s", p.name, wrong)
		}
	}
	for _, drawing := range []struct{ path, until, menu string }{
		{"/", `$(".map .land")`, "section[aria-labelledby=figure]"},
		{"/?view=network", `$(".network .tie")`, "section[aria-labelledby=figure]"},
		{"/pair/IRN-PAK", `all(".panels canvas").length === 3`, "section[aria-labelledby=history]"},
		{"/actor/IRN", `$(".months .coop")`, "section[aria-labelledby=over-time]"},
		{"/explain?text=Iran+condemned+Pakistan.", `$(".tree .arc")`, ".tree"},
	} {
		b.open(drawing.path, drawing.until)
		for _, form := range []string{"SVG", "PNG"} {
			// The browser is kept from putting files into a folder; what it would put there is looked at.
			b.text(`(window.saved = null, URL.createObjectURL = (blob) => { window.saved = blob; return "about:blank"; }, HTMLAnchorElement.prototype.click = () => {},
				all("` + drawing.menu + ` .menu button").find((x) => x.textContent.trim() === "` + form + `").dispatchEvent(new MouseEvent("click", { bubbles: true })))`)
			b.until(`window.saved && window.saved.size > 1000 && window.saved.type.startsWith("image/` + strings.ToLower(form) + `")`)
		}
		b.text(`(window.inks = 0, createImageBitmap(window.saved).then((image) => {
			const canvas = new OffscreenCanvas(image.width, image.height), c = canvas.getContext("2d");
			c.drawImage(image, 0, 0);
			window.inks = new Set(new Uint32Array(c.getImageData(0, 0, image.width, image.height).data.buffer)).size;
		}))`)
		b.until(`window.inks > 8`)
	}
}

func TestSearch(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.open("/", `$(".search input") && $(".pairs")`)
	b.keys("/")
	b.until(`document.activeElement.matches(".search input")`)
	b.keys("iran pak")
	b.until(`$("#found [aria-selected=true]")?.textContent.startsWith("Iran – Pakistan")`)
	b.keys(kb.Enter)
	b.until(`location.pathname === "/pair/IRN-PAK" && $(".verdict .state")`)
	b.keys("/kashm")
	b.until(`$("#found [aria-selected=true]")?.textContent.startsWith("Kashmir")`)
	b.keys(kb.Enter)
	b.until(`location.pathname === "/issue/kashmir" && $(".holdings")`)
}

// The map goes through time by keyboard, one address for each month.
func TestMonthsOnTheMap(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.open("/", `$(".slider input") && $(".map .tie")`)
	b.do(chromedp.Focus(chromedp.CSS(".slider input")))
	b.keys(kb.ArrowLeft)
	b.until(`location.search === "?month=2024-05" && shown("May 2024") && $(".slider input").getAttribute("aria-valuetext") === "May 2024"`)
	b.keys(kb.Home)
	b.until(`location.search === "?month=2023-03"`)
	b.open("/?view=network&month=2024-01", `$(".network .tie") && $(".slider .behind")`)
	b.click(".slider summary")
	b.click(".slider tbody .num")
	b.until(`$(".drawer .evidence") && shown("Jan 2024")`)
}

// From a pair to the comparison with itself, and from there to one with another.
func TestComparing(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.open("/pair/IRN-PAK", `$(".masthead a[href='/compare?pair=IRN-PAK']")`)
	b.click(".masthead a[href='/compare?pair=IRN-PAK']")
	b.until(`location.pathname === "/compare" && all(".compared td").length > 10`)
	b.text(`$("fieldset + fieldset input").value = ""`)
	b.do(chromedp.Focus(chromedp.CSS("fieldset + fieldset input")))
	b.keys("india pak" + kb.Tab)
	b.until(`location.search.includes("other=IND-PAK") && $("fieldset + fieldset input").value === "India – Pakistan" && $(".side h2 a[href='/pair/IND-PAK']")`)
	b.do(chromedp.Focus(chromedp.CSS(".compared a.num")))
	b.keys(kb.Enter)
	b.until(`$(".drawer .evidence") && decodeURIComponent(location.search).includes("either=I")`)
}

// A record is rejected, counts no more, and counts again when that is undone.
func TestCorrecting(t *testing.T) {
	b := openTab(t, 1280, 900)
	const count = `$(".masthead .soft:last-child .num, .masthead .aside .soft")?.textContent`
	b.open("/records?either=IRN-PAK&event=ASSAULT", `all(".evidence").length > 2`)
	before := b.text(count)
	b.click(".evidence .foot button")
	b.until(`document.activeElement.name === "note"`)
	b.keys("Not an attack.\tA. Analyst" + kb.Enter)
	b.until(`shown("Rejected: it counts nowhere now.") && ` + count + ` !== "` + before + `"`)
	b.click(".notices button")
	b.until(`shown("The correction is undone.") && ` + count + ` === "` + before + `"`)
	// Corrected in one field, it says so, and the change can be undone on the page of sources.
	b.do(chromedp.Click(chromedp.CSS(".evidence .foot button:nth-of-type(2)")))
	b.until(`$(".correct input[name=event]")`)
	b.text(`[["event", "THREATEN"], ["mode", ""], ["note", "Only a threat."]].map(([name, value]) => $(".correct input[name=" + name + "]").value = value)`)
	b.click(".correct button[type=submit]")
	b.until(`shown("Corrected.")`)
	b.open("/sources", `shown("Only a threat.") && shown("A. Analyst")`)
	b.do(chromedp.Click(chromedp.CSS("section[aria-labelledby=corrections] td button")))
	b.until(`shown("Nobody has corrected a record yet")`)
}

func TestLive(t *testing.T) {
	b := openTab(t, 1280, 900)
	b.open("/pair/IRN-PAK", `$(".live.open") && $(".columns .evidence")`)
	body := `{"id":"live","date":"2024-06-03","title":"Talks","text":"Iran's foreign minister visited Pakistan on Monday.","publisher":"Northgate Wire"}`
	if got := b.ask(http.MethodPost, "/api/stories", body); got.StatusCode != http.StatusCreated {
		t.Fatalf("posting a story: %d %s", got.StatusCode, got.body)
	}
	b.until(`shown("1 new story") && shown("3 Jun 2024")`)
}

// A server with a token asks for it once, and then everything works as without one.
func TestTokenOnThePage(t *testing.T) {
	const token = "0123456789abcdef"
	b := openTab(t, 1280, 900, func(o *Options) { o.Token = token })
	b.expected = "401"
	b.open("/pair/IRN-PAK", `shown("This server wants a token") && all(".failed").length === 0`)
	b.click("main input")
	b.keys(token + kb.Enter)
	b.until(`$(".verdict .state") && $(".live.open") && $(".columns .evidence")`)
	body := `{"id":"live","date":"2024-06-03","title":"Talks","text":"Iran's foreign minister visited Pakistan on Monday.","publisher":"Northgate Wire"}`
	if got := b.ask(http.MethodPost, "/api/stories", body, "Authorization", "Bearer "+token); got.StatusCode != http.StatusCreated {
		t.Fatalf("posting a story: %d %s", got.StatusCode, got.body)
	}
	b.until(`shown("1 new story") && shown("3 Jun 2024")`)
	b.text(`(window.saved = null, URL.createObjectURL = (blob) => { window.saved = blob; return "about:blank"; }, HTMLAnchorElement.prototype.click = () => {},
		all(".menu a").find((a) => a.textContent.trim() === "CSV").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })))`)
	b.until(`window.saved && window.saved.size > 100`)
}

// What a story says is text, whatever it says.
func TestHostileStoryIsText(t *testing.T) {
	b := openTab(t, 1280, 900)
	body := `{"id":"hostile/<b>","date":"2024-06-03","title":"<img src=x onerror=alert(1)>","text":"Iran condemned <script>document.title='taken'</script> Pakistan on Monday.","publisher":"<b>W</b>","url":"javascript:alert(1)"}`
	if got := b.ask(http.MethodPost, "/api/stories", body); got.StatusCode/100 != 2 {
		t.Fatalf("posting a story: %d %s", got.StatusCode, got.body)
	}
	b.open("/story/hostile%2F%3Cb%3E", `$("h1").textContent.includes("<img") && $(".text").textContent.includes("<script>")`)
	b.open("/stories", `shown("<img src=x")`)
	if found := b.text(`all("main img, main script, a[href^=javascript]").length + document.title`); strings.Contains(found, "taken") || !strings.HasPrefix(found, "0") {
		t.Errorf("the story's markup became the page's: %s", found)
	}
}

// The bundle is small.
func TestBundleSize(t *testing.T) {
	const most = 150_000
	total := 0
	err := fs.WalkDir(bundle, "app/dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(bundle, name)
		if err != nil {
			return err
		}
		var packed bytes.Buffer
		z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if _, err := z.Write(data); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		total += packed.Len()
		if path.Ext(name) == ".html" && (bytes.Contains(data, []byte("<style")) || bytes.Contains(data, []byte("<script>"))) {
			t.Errorf("%s has a style or script in it, which the policy forbids", name)
		}
		return nil
	})
	if err != nil {
		t.Skip("the pages are not built: make page")
	}
	if total > most {
		t.Errorf("the pages are %d bytes packed, more than %d", total, most)
	}
	t.Logf("%d bytes packed", total)
}
