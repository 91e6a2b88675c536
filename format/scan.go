package format

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/opendyad/dyad"
)

// A scanner takes JSON apart from left to right. After an error nothing more comes: every
// value is empty and every list at its end. Texts are parts of s where nothing in them is
// escaped.
type scanner struct {
	s   string
	i   int
	err error
}

func (c *scanner) fail(problem string) {
	if c.err == nil {
		c.err = fmt.Errorf("at byte %d: %s", c.i, problem)
	}
	c.i = len(c.s)
}

// peek gives the next byte that is no blank, 0 at the end.
func (c *scanner) peek() byte {
	for c.i < len(c.s) {
		switch b := c.s[c.i]; b {
		case ' ', '\t', '\n', '\r':
			c.i++
		default:
			return b
		}
	}
	return 0
}

// null passes over the word null and says whether it stands here.
func (c *scanner) null() bool {
	if c.peek() == 'n' && strings.HasPrefix(c.s[c.i:], "null") {
		c.i += 4
		return true
	}
	return false
}

// begins says whether an object or a list stands here, and not null.
func (c *scanner) begins(bracket byte) bool { return c.peek() == bracket }

// open goes into an object or a list and says whether it has something in it; null has
// not.
func (c *scanner) open(bracket byte) bool {
	if c.null() {
		return false
	}
	if c.peek() != bracket {
		c.fail("want " + string(rune(bracket)))
		return false
	}
	c.i++
	if c.peek() == bracket+2 { // "}" and "]" come two after "{" and "["
		c.i++
		return false
	}
	return c.err == nil
}

// next goes on to the next of an object or a list, and says whether there is one.
func (c *scanner) next(closing byte) bool {
	switch b := c.peek(); {
	case c.err != nil:
		return false
	case b == ',':
		c.i++
		return true
	case b == closing:
		c.i++
		return false
	}
	c.fail("want a comma or " + string(rune(closing)))
	return false
}

// end makes sure that nothing follows.
func (c *scanner) end() {
	if c.err == nil && (c.peek() != 0 || c.i < len(c.s)) {
		c.fail("something follows the record")
	}
}

func (c *scanner) key() string {
	key := c.quoted()
	if c.peek() != ':' {
		c.fail("want a colon after the name of a field")
		return ""
	}
	c.i++
	return key
}

// text reads a string; null is "".
func (c *scanner) text() string {
	if c.null() {
		return ""
	}
	return c.quoted()
}

func (c *scanner) quoted() string {
	if c.peek() != '"' {
		c.fail("want a string in quotes")
		return ""
	}
	start := c.i + 1
	for i := start; i < len(c.s); i++ {
		switch b := c.s[i]; {
		case b == '"':
			c.i = i + 1
			return c.s[start:i]
		case b == '\\':
			c.i = i
			return c.escaped(start)
		case b < ' ':
			c.i = i
			c.fail("a string has a control character in it")
			return ""
		}
	}
	c.fail("a string has no end")
	return ""
}

// escaped reads on from the first backslash of a string that began at start.
func (c *scanner) escaped(start int) string {
	b := append(make([]byte, 0, 2*(c.i-start)+32), c.s[start:c.i]...)
	for c.i < len(c.s) {
		switch x := c.s[c.i]; {
		case x == '"':
			c.i++
			return string(b)
		case x < ' ':
			c.fail("a string has a control character in it")
			return ""
		case x != '\\':
			b = append(b, x)
			c.i++
		case c.i+1 < len(c.s) && c.s[c.i+1] == 'u':
			b = utf8.AppendRune(b, c.codePoint())
		default:
			at := -1
			if c.i+1 < len(c.s) {
				at = strings.IndexByte(`"\/bfnrt`, c.s[c.i+1])
			}
			if at < 0 {
				c.fail("a backslash is followed by what it cannot escape")
				return ""
			}
			b = append(b, "\"\\/\b\f\n\r\t"[at])
			c.i += 2
		}
	}
	c.fail("a string has no end")
	return ""
}

// codePoint reads "\u00e9", or the two halves of a character beyond the first 65,536.
func (c *scanner) codePoint() rune {
	half := func() rune {
		if c.i+6 > len(c.s) || c.s[c.i] != '\\' || c.s[c.i+1] != 'u' {
			return -1
		}
		n, err := strconv.ParseUint(c.s[c.i+2:c.i+6], 16, 16)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	r := half()
	if r < 0 {
		c.fail(`want four hexadecimal digits after \u`)
		return utf8.RuneError
	}
	c.i += 6
	if !utf16.IsSurrogate(r) {
		return r
	}
	if whole := utf16.DecodeRune(r, half()); whole != utf8.RuneError {
		c.i += 6
		return whole
	}
	return utf8.RuneError
}

func (c *scanner) texts() (out []string) {
	for more := c.open('['); more; more = c.next(']') {
		out = append(out, c.text())
	}
	return out
}

// digits reads what a number may be made of.
func (c *scanner) digits() string {
	c.peek()
	start := c.i
	for c.i < len(c.s) {
		switch b := c.s[c.i]; {
		case b >= '0' && b <= '9', b == '-', b == '+', b == '.', b == 'e', b == 'E':
			c.i++
			continue
		}
		break
	}
	return c.s[start:c.i]
}

func (c *scanner) number() float64 {
	if c.null() {
		return 0
	}
	digits := c.digits()
	if len(digits) == 1 && digits[0] >= '0' && digits[0] <= '9' {
		return float64(digits[0] - '0')
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		c.fail(fmt.Sprintf("%q is no number", shorten(digits, 40)))
		return 0
	}
	return f
}

func (c *scanner) whole() int {
	if c.null() {
		return 0
	}
	digits := c.digits()
	n, err := strconv.Atoi(digits)
	if err != nil {
		c.fail(fmt.Sprintf("%q is no whole number", shorten(digits, 40)))
	}
	return n
}

func (c *scanner) truth() bool {
	switch {
	case c.null():
		return false
	case strings.HasPrefix(c.s[c.i:], "true"):
		c.i += 4
		return true
	case strings.HasPrefix(c.s[c.i:], "false"):
		c.i += 5
		return false
	}
	c.fail("want true or false")
	return false
}

func (c *scanner) date(field string) dyad.Date {
	text := c.text()
	if text == "" {
		return dyad.Date{}
	}
	d, err := dyad.ParseDate(text)
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("field %s: %w", field, err)
	}
	return d
}

// skip passes over a value of any kind, however deep.
func (c *scanner) skip() {
	depth := 0
	for {
		switch b := c.peek(); {
		case b == 0:
			c.fail("the record has no end")
			return
		case b == '"':
			c.quoted()
		case b == '{' || b == '[':
			depth++
			c.i++
		case b == '}' || b == ']':
			depth--
			c.i++
		case b == ',' || b == ':':
			c.i++
		default:
			for c.i < len(c.s) && strings.IndexByte(",:]}\"{[ \t\r\n", c.s[c.i]) < 0 {
				c.i++
			}
		}
		if c.err != nil || depth <= 0 {
			return
		}
	}
}
