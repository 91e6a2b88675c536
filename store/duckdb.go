//go:build cgo

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"

	// The driver registers itself with database/sql.
	_ "github.com/duckdb/duckdb-go/v2"
)

// A DuckDB is a store in one file.
type DuckDB struct {
	path    string
	db      *sql.DB
	write   *sql.Conn // the one connection that writes; nil when opened to read
	writing sync.Mutex
	folding sync.Mutex // held by who works out what tells of one happening
	known   *numbers   // ids of imported events, loaded when first needed
	next    int64      // number of the next story
}

var _ Store = (*DuckDB)(nil)

// Mode says what a store is opened for.
type Mode int

// The modes. Several processes may read one file at the same time, when none
// writes.
const (
	Read Mode = iota
	Write
)

// memoryLimit bounds what DuckDB keeps in memory; it goes to disk beyond.
const memoryLimit = "2GB"

// Open opens a store, and makes it when it is opened to be written and is not
// there. Errors are ErrInUse, ErrNewer, or say what to do about the file.
func Open(path string, mode Mode) (*DuckDB, error) {
	access := "read_write"
	if mode == Read {
		access = "read_only"
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no store at %s yet: dyad ingest makes it, or name another with --store", path)
		}
	} else if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("making the folder of the store %s: %w", path, err)
	}
	db, err := sql.Open("duckdb", path+"?access_mode="+access+"&memory_limit="+memoryLimit+"&checkpoint_threshold=1GB&storage_compatibility_version=v1.4.0&autoinstall_known_extensions=false&autoload_known_extensions=false")
	if err != nil {
		return nil, explained(path, err)
	}
	s := &DuckDB{path: path, db: db}
	err = s.begin(context.Background(), mode)
	if err == nil {
		return s, nil
	}
	s.Close()
	if mode == Read && errors.Is(err, errOlder) {
		// An older file is brought up to date by opening it to write.
		newer, err := Open(path, Write)
		if err != nil {
			return nil, err
		}
		if err := newer.Close(); err != nil {
			return nil, explained(path, err)
		}
		return Open(path, Read)
	}
	return nil, explained(path, err)
}

// errOlder is the error of reading a file that an older dyad made.
var errOlder = errors.New("the store was made by an older dyad")

// begin looks at the file's version, and brings it to the present one when it may.
func (s *DuckDB) begin(ctx context.Context, mode Mode) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	if mode == Read {
		defer conn.Close()
		version, err := versionOf(ctx, conn)
		if err == nil && version != len(migrations)-1 {
			err = errOlder
		}
		return err
	}
	s.write = conn
	if err := migrate(ctx, conn); err != nil {
		return err
	}
	return conn.QueryRowContext(ctx, `select coalesce(max(number), 0) + 1 from stories`).Scan(&s.next)
}

// Close ends the use of the file.
func (s *DuckDB) Close() error {
	var err error
	if s.write != nil {
		err = s.write.Close()
	}
	return errors.Join(err, s.db.Close())
}

// Path is the file.
func (s *DuckDB) Path() string { return s.path }

var holder = regexp.MustCompile(`held in (.*?) \(PID (\d+)\)`)

// explained turns a driver's message into a sentence for a user.
func explained(path string, err error) error {
	if err == nil || errors.Is(err, ErrNewer) || errors.Is(err, ErrNotThere) || errors.Is(err, ErrCorrected) {
		return err
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "Could not set lock"):
		who := "another process"
		if m := holder.FindStringSubmatch(text); m != nil {
			who = fmt.Sprintf("%s, process %s", filepath.Base(m[1]), m[2])
		}
		return fmt.Errorf("%w: %s is held by %s; wait until it ends, or ask it, or name another store with --store", ErrInUse, path, who)
	case errors.Is(err, syscall.ENOSPC), strings.Contains(text, "No space left on device"), strings.Contains(text, "File too large"):
		return fmt.Errorf("the disk of the store %s is full; what was stored before is safe. Make room and call dyad again: it goes on where it stopped", path)
	case strings.Contains(text, "Read-only file system"), strings.Contains(text, "Permission denied"):
		return fmt.Errorf("the store %s may not be written here (%s); name another with --store", path, reasonOf(text))
	case damaged(err):
		return fmt.Errorf("the file of the store %s is damaged; put back a copy of it, or ingest its sources into a new store (%s)", path, firstLine(text))
	case strings.Contains(text, "not a valid DuckDB database file"), strings.Contains(text, "Table with name meta does not exist"):
		return fmt.Errorf("%s is no store of dyad; name another file with --store", path)
	}
	return fmt.Errorf("the store %s: %w", path, err)
}

// damaged reports whether an error says that the file is not as DuckDB left it.
func damaged(err error) bool {
	text := err.Error()
	return strings.Contains(text, "Could not read enough bytes") || strings.Contains(text, "Corrupt database file") || strings.Contains(text, "database has been invalidated")
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func reasonOf(text string) string {
	if strings.Contains(text, "Read-only") {
		return "the file system is read-only"
	}
	return "permission denied"
}
