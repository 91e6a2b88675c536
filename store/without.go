//go:build !cgo

package store

import "errors"

// A DuckDB is a store in one file. This program was built without it.
type DuckDB struct{ Store }

// Mode says what a store is opened for.
type Mode int

// The modes.
const (
	Read Mode = iota
	Write
)

// Open tells why there is no store: DuckDB is C++ and needs a C compiler to be
// linked in.
func Open(string, Mode) (*DuckDB, error) {
	return nil, errors.New("this dyad was built without a C compiler and therefore has no store; install gcc and g++ and build it again (dyad code and dyad explain work without)")
}
