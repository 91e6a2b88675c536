package dyad

import "testing"

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2024-04-22", "2024-02-29", "2024-04", "0900", "2024"} {
		if d, err := ParseDate(s); err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "24", "2024-13", "2024-00", "2023-02-29", "2024-04-00", "2024/04/22", "2024-4-22", "+024", "2024-04-2x", "0000"} {
		if d, err := ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}
