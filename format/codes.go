package format

import "strings"

// A codeReader reads CAMEO codes of one file and notices when a spreadsheet has eaten
// their leading zeros: "40" for 040.
type codeReader struct {
	importer *Importer
	eaten    bool // a code without its zero has been seen
}

// read gives the code with its zero. It cannot in a file that has lost zeros and for a
// code that is one with and without: "10" is DEMAND, or 010 before it was mangled.
func (c *codeReader) read(code string) (string, *meaning, string) {
	if code == "" {
		return "", nil, "the event has no code"
	}
	known := c.importer.meanings
	asIs, withZero := known[code], known["0"+code]
	switch {
	case asIs == nil && withZero != nil:
		c.eaten = true
		return "0" + code, withZero, ""
	case asIs != nil && withZero != nil && c.eaten:
		return "", nil, "the file has lost the leading zeros of its codes, and this one is a code with and without one (" +
			code + ", 0" + code + "); take the file as its project gives it, before a spreadsheet"
	case asIs != nil:
		return code, asIs, ""
	}
	if !isDigits(code) {
		return "", nil, "this is no CAMEO code"
	}
	if found := c.importer.meaning(code); found != nil {
		return code, found, ""
	}
	return "", nil, "CAMEO has no such code"
}

// readUnder is read for a file that tells the root of each code beside it, which makes
// sure of all of them: "10" under 1 is 010, under 10 it is DEMAND.
func (c *codeReader) readUnder(root, code string) (string, *meaning, string) {
	root = strings.TrimLeft(root, "0")
	if len(code) >= 2 && root != "" && isDigits(root) {
		if strings.TrimLeft(code[:2], "0") == root {
			if found := c.importer.meanings[code]; found != nil {
				return code, found, ""
			}
		} else if code[:1] == root {
			c.eaten = true
			code = "0" + code
		}
	}
	return c.read(code)
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
