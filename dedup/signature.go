// Package dedup finds which stories are the same but for editing, and which records
// tell of the same happening. It reads no files and keeps nothing: what it finds is
// a function of the set it is given, whatever the order.
package dedup

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// bins is how many numbers a signature has, of 8 bits each.
const bins = 128

// shortest is the number of words below which a text has no signature: so little
// says too little of how alike two texts are. "Details to follow" is no copy of
// another "Details to follow by noon".
const shortest = 20

// A Signature is a sketch of a text from which its likeness to another is
// estimated: the text's runs of three words are hashed and dealt to bins, and each
// bin keeps eight bits of the smallest hash (one permutation hashing: Li, Owen and
// Zhang 2012; empty bins borrow from others: Shrivastava 2017; few bits are
// enough: Li and König 2010). The zero Signature is that of a text too short.
type Signature [bins]byte

// Sign makes the signature of a story's text. The title is left out, since outlets
// write their own; so is the dateline ("ISLAMABAD (Reuters) - ").
func Sign(text string) (s Signature) {
	var least [bins]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	w := words{text: withoutDateline(text)}
	var before, last uint64
	count := 0
	for {
		word, more := w.next()
		if !more {
			break
		}
		if count++; count > 2 {
			h := mixed(before*0x9e3779b97f4a7c15 ^ bits.RotateLeft64(last*0xc2b2ae3d27d4eb4f, 21) ^ bits.RotateLeft64(word, 42))
			if bin := h >> 57; h < least[bin] {
				least[bin] = h
			}
		}
		before, last = last, word
	}
	if count < shortest {
		return s
	}
	for i := range least {
		// An empty bin borrows from one that is not, the same one in every text in
		// which that is not empty either.
		h := least[i]
		for try := uint64(1); h == ^uint64(0); try++ {
			h = least[mixed(uint64(i)<<32|try)>>57]
		}
		s[i] = byte(h)
	}
	return s
}

// Short reports whether the signature is that of a text too short to be compared.
func (s *Signature) Short() bool { return *s == Signature{} }

// Similarity estimates the share of runs of three words that two texts have in
// common (Jaccard), from 0 to 1, with a standard error of at most 0.045.
func (s *Signature) Similarity(t *Signature) float64 {
	if s.Short() || t.Short() {
		return 0
	}
	same := 0
	for i := range s {
		if s[i] == t[i] {
			same++
		}
	}
	return agreement(same, bins)
}

// agreement estimates the share of runs that are the same from how many of some
// numbers are: one in 256 is by chance.
func agreement(same, of int) float64 {
	return max((float64(same)/float64(of)-1.0/256)/(1-1.0/256), 0)
}

// Bytes gives the signature to be stored, nil for a short text.
func (s *Signature) Bytes() []byte {
	if s.Short() {
		return nil
	}
	return bytes.Clone(s[:])
}

// SignatureOf reads what Bytes gave.
func SignatureOf(stored []byte) (s Signature) {
	copy(s[:], stored)
	return s
}

// Hash is a hash of a text that case, punctuation and white space do not change.
func Hash(text string) uint64 {
	w := words{text: text}
	h := uint64(len("dyad"))
	for {
		word, more := w.next()
		if !more {
			return mixed(h)
		}
		h = mixed(h ^ word)
	}
}

// words cuts a text into words for comparing: letters in lower case and digits, with
// apostrophes dropped and the commas and points of numbers: "1,200" is "1200".
type words struct {
	text   string
	at     int
	buffer [64]byte
}

// next gives the hash of the next word.
func (w *words) next() (hash uint64, more bool) {
	n := 0
	for w.at < len(w.text) {
		c := w.text[w.at]
		if c < utf8.RuneSelf {
			w.at++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case c == '\'' && n > 0, (c == ',' || c == '.') && n > 0 && isDigit(w.buffer[n-1]) && w.at < len(w.text) && isDigit(w.text[w.at]):
				continue
			default:
				if n > 0 {
					return xxhash.Sum64(w.buffer[:n]), true
				}
				continue
			}
			if n < len(w.buffer) {
				w.buffer[n] = c
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(w.text[w.at:])
		w.at += size
		switch {
		case r == '’' && n > 0:
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if r = unicode.ToLower(r); n+utf8.UTFMax <= len(w.buffer) {
				n += utf8.EncodeRune(w.buffer[n:], r)
			}
		case n > 0:
			return xxhash.Sum64(w.buffer[:n]), true
		}
	}
	return xxhash.Sum64(w.buffer[:n]), n > 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// withoutDateline drops what stands before the dash of a first line such as
// "ISLAMABAD, April 22 (Reuters) - Iran's president".
func withoutDateline(text string) string {
	head := text[:min(len(text), 90)]
	for _, dash := range []string{" - ", " — ", " – ", " -- "} {
		at := strings.Index(head, dash)
		if at < 0 || strings.ContainsAny(head[:at], "\n.?!") && !strings.Contains(head[:at], "(") {
			continue
		}
		if upper := strings.ToUpper(head[:min(at, 4)]); strings.HasPrefix(head, upper) && at > 3 {
			return text[at+len(dash):]
		}
	}
	return text
}

// mixed spreads what a number differs in over all of its bits (the finalizer of
// splitmix64).
func mixed(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}
