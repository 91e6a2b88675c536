package format

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/opendyad/dyad"
)

// madeUpGDELT makes rows as GDELT has them, of happenings that never were: 58 columns
// as in the daily files of 1.0, or 61 as in 2.0.
func madeUpGDELT(rows, columns int) []byte {
	var b bytes.Buffer
	countries := []string{"USA", "PAK", "IRN", "IND", "CHN", "RUS", "DEU", "", "EUR", "TMP"}
	fips := []string{"US", "PK", "IR", "IN", "CH", "RS", "GM", "", "UK", "TT"}
	codes := []string{"010", "042", "051", "111", "190", "036", "173", "0831", "01", "163"}
	types := []string{"GOV", "MIL", "", "MED", "HLH", "COP", "OPP", "IGO", "LEG", "REB"}
	for i := range rows {
		c, d := i%10, (i/10+3)%10
		side := func(n int) string {
			return fmt.Sprintf("%s%s\tACTOR %d\t%s\t\t\t\t\t%s\t\t\t", countries[n], types[n], n, countries[n], types[n])
		}
		place := func(n int) string {
			extra := ""
			if columns == 61 {
				extra = "1234\t"
			}
			return fmt.Sprintf("4\tNewtown %d, Old Province, Farland\t%s\t%s05\t%s%d.25\t-%d.5\t-%d\t", n, fips[n], fips[n], extra, n+10, n+60, 2000000+n)
		}
		fmt.Fprintf(&b, "%d\t20180601\t201806\t2018\t2018.4137\t%s%s1\t%s\t%s\t%s\t%d\t%.1f\t%d\t%d\t%d\t%.13f\t", 700000000+i, side(c), side(d),
			codes[c], codes[c], codes[c][:2], c%4+1, float64(c)-4.5, i%20+1, i%3+1, i%20+1, -1.5+float64(c)/7)
		b.WriteString(place(c) + place(d) + place(c))
		added := "20180601"
		if columns == 61 {
			added = "20180601120000"
		}
		fmt.Fprintf(&b, "%s", added)
		if columns > 57 {
			fmt.Fprintf(&b, "\thttps://www.example.org/news/2018/06/01/story-number-%d-of-the-day.html", i/3)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func BenchmarkGDELT(b *testing.B) {
	m := shippedImporter(b)
	for _, columns := range []int{58, 61} {
		b.Run(fmt.Sprint(columns), func(b *testing.B) {
			const rows = 20000
			data := madeUpGDELT(rows, columns)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range m.GDELT(bytes.NewReader(data), "made-up.csv") {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != rows {
					b.Fatalf("%d rows of %d", n, rows)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// What is imported is stored as lines of JSON, so writing them must keep up.
func BenchmarkJSON(b *testing.B) {
	m := shippedImporter(b)
	const rows = 1000
	var err error
	var records []dyad.Record
	for r, err := range m.GDELT(bytes.NewReader(madeUpGDELT(rows, 61)), "made-up.csv") {
		if err != nil {
			b.Fatal(err)
		}
		records = append(records, r)
	}
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		var line []byte
		for b.Loop() {
			for i := range records {
				if line, err = AppendJSON(line[:0], &records[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
	var lines [][]byte
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			lines = lines[:0]
			for i := range records {
				line, err := JSON(&records[i])
				if err != nil {
					b.Fatal(err)
				}
				lines = append(lines, line)
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, line := range lines {
				if _, err := ParseJSON(line); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
}
