//go:build cgo

package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/opendyad/dyad"
)

// An appender adds rows to the end of a table, value by value in the order of its
// columns: a.uint64(id), a.text(name), a.end(). It writes to the memory of DuckDB's
// chunks, as the driver's own appender does, but without boxing each value and without
// a call into C for each short string: those two cost more than all else that is done
// for an imported event. The layout of the memory is the one that duckdb.h promises.
type appender struct {
	native  mapping.Appender
	chunk   mapping.DataChunk
	columns []column
	row     int // in the chunk
	at      int // column of the value to come
	waiting int // rows that were given to DuckDB and not flushed yet
	fault   error
	// flushing is held while rows are added to a table: DuckDB does that for one table of a
	// connection at a time, and loses its way otherwise.
	flushing *sync.Mutex
}

// A column of the chunk.
type column struct {
	kind   mapping.Type
	names  map[string]uint8 // of an enum
	vector mapping.Vector
	data   unsafe.Pointer
	nulls  []uint64 // bits of the rows that have a value; nil while all have one
}

const (
	chunkRows = 2048 // of each of DuckDB's chunks
	// flushRows is how many rows DuckDB holds before it adds them to the table: few, so that
	// one table is added to while values for the other are still worked out.
	flushRows = 8 * chunkRows
)

// newAppender opens a table on a connection, all of whose appenders share a lock.
func newAppender(conn driver.Conn, table string, flushing *sync.Mutex) (*appender, error) {
	handle, err := nativeConn(conn)
	if err != nil {
		return nil, err
	}
	a := &appender{flushing: flushing}
	if mapping.AppenderCreateExt(handle, "", "", table, &a.native) == mapping.StateError {
		defer mapping.AppenderDestroy(&a.native)
		return nil, fmt.Errorf("opening the table %s: %w", table, a.failed())
	}
	types := make([]mapping.LogicalType, mapping.AppenderColumnCount(a.native))
	a.columns = make([]column, len(types))
	for i := range types {
		types[i] = mapping.AppenderColumnType(a.native, mapping.IdxT(i))
		defer mapping.DestroyLogicalType(&types[i])
		c := &a.columns[i]
		if c.kind = mapping.GetTypeId(types[i]); c.kind == mapping.TypeEnum {
			c.names = namesOf(types[i])
		}
	}
	a.chunk = mapping.CreateDataChunk(types)
	a.begin()
	return a, nil
}

// nativeConn gives the handle that the driver keeps in a connection. The driver has no
// function for it; a driver that keeps it elsewhere is an error here, not a fault in
// memory.
func nativeConn(conn driver.Conn) (handle mapping.Connection, err error) {
	v := reflect.ValueOf(conn)
	if v.Kind() == reflect.Pointer {
		if field := v.Elem().FieldByName("conn"); field.IsValid() && field.Type() == reflect.TypeFor[mapping.Connection]() {
			return *(*mapping.Connection)(unsafe.Pointer(field.UnsafeAddr())), nil
		}
	}
	return handle, fmt.Errorf("the driver's connection %T is not made as this program knows it: go.mod pins the driver's version", conn)
}

func namesOf(enum mapping.LogicalType) map[string]uint8 {
	names := map[string]uint8{}
	for i := range mapping.EnumDictionarySize(enum) {
		names[mapping.EnumDictionaryValue(enum, mapping.IdxT(i))] = uint8(i)
	}
	return names
}

// begin looks up where the values of an empty chunk go.
func (a *appender) begin() {
	a.row = 0
	for i := range a.columns {
		c := &a.columns[i]
		c.vector = mapping.DataChunkGetVector(a.chunk, mapping.IdxT(i))
		c.data, c.nulls = mapping.VectorGetData(c.vector), nil
	}
}

// next is the column of the next value.
func (a *appender) next(kind mapping.Type) *column {
	c := &a.columns[a.at]
	if c.kind != kind && a.fault == nil {
		a.fault = fmt.Errorf("column %d of the table is of DuckDB's type %d and was given one of type %d", a.at+1, c.kind, kind)
	}
	a.at++
	return c
}

// put writes a value of fixed size.
func put[T uint8 | uint16 | uint32 | uint64 | int32 | int64 | float32 | bool](a *appender, kind mapping.Type, value T) {
	if c := a.next(kind); c.kind == kind {
		*(*T)(unsafe.Add(c.data, uintptr(a.row)*unsafe.Sizeof(value))) = value
	}
}

func (a *appender) uint8(v uint8)     { put(a, mapping.TypeUTinyInt, v) }
func (a *appender) uint16(v uint16)   { put(a, mapping.TypeUSmallInt, v) }
func (a *appender) uint32(v uint32)   { put(a, mapping.TypeUInteger, v) }
func (a *appender) uint64(v uint64)   { put(a, mapping.TypeUBigInt, v) }
func (a *appender) int64(v int64)     { put(a, mapping.TypeBigInt, v) }
func (a *appender) float32(v float32) { put(a, mapping.TypeFloat, v) }
func (a *appender) bool(v bool)       { put(a, mapping.TypeBoolean, v) }

// time writes a moment.
func (a *appender) time(t time.Time) { put(a, mapping.TypeTimestamp, t.UnixMicro()) }

// day writes a date's first day; no date is null.
func (a *appender) day(d dyad.Date) {
	if d.IsZero() {
		a.null(mapping.TypeDate)
		return
	}
	put(a, mapping.TypeDate, int32(d.Days()))
}

// name writes one of an enum's names.
func (a *appender) name(s string) {
	c := &a.columns[a.at]
	number, known := c.names[s]
	if !known && a.fault == nil {
		a.fault = fmt.Errorf("%q is none of the names of column %d of the table", s, a.at+1)
	}
	put(a, mapping.TypeEnum, number)
}

// null writes that there is no value.
func (a *appender) null(kind mapping.Type) {
	c := a.next(kind)
	if c.nulls == nil {
		mapping.VectorEnsureValidityWritable(c.vector)
		c.nulls = unsafe.Slice((*uint64)(mapping.VectorGetValidity(c.vector)), chunkRows/64)
	}
	c.nulls[a.row/64] &^= 1 << (a.row % 64)
}

// inlined is how a string of at most twelve bytes lies in a chunk: whole. Longer ones
// lie elsewhere, where DuckDB copies them.
type inlined struct {
	length uint32
	bytes  [12]byte
}

// text writes a string of valid UTF-8.
func (a *appender) text(s string) {
	c := a.next(mapping.TypeVarchar)
	if c.kind != mapping.TypeVarchar {
		return
	}
	at := (*inlined)(unsafe.Add(c.data, uintptr(a.row)*unsafe.Sizeof(inlined{})))
	if len(s) <= len(at.bytes) && plain(s) {
		*at = inlined{length: uint32(len(s))}
		copy(at.bytes[:], s)
		return
	}
	mapping.VectorAssignStringElement(c.vector, mapping.IdxT(a.row), s)
}

// plain reports whether a string is ASCII, and so surely valid UTF-8.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// bytes writes bytes to a column of the type blob, or of text in valid UTF-8.
func (a *appender) bytes(kind mapping.Type, b []byte) {
	mapping.VectorAssignStringElementLen(a.next(kind).vector, mapping.IdxT(a.row), b)
}

// end ends a row: it has as many values as the table has columns.
func (a *appender) end() error {
	if a.at != len(a.columns) && a.fault == nil {
		a.fault = fmt.Errorf("a row of %d values was given to a table of %d columns", a.at, len(a.columns))
	}
	if a.fault != nil {
		return a.fault
	}
	a.at = 0
	if a.row++; a.row < chunkRows {
		return nil
	}
	return a.give()
}

// give gives DuckDB the chunk, and begins another.
func (a *appender) give() error {
	if a.row > 0 {
		mapping.DataChunkSetSize(a.chunk, mapping.IdxT(a.row))
		if mapping.AppendDataChunk(a.native, a.chunk) == mapping.StateError {
			return a.failed()
		}
		a.waiting += a.row
		mapping.DataChunkReset(a.chunk)
		a.begin()
	}
	if a.waiting >= flushRows {
		return a.flush()
	}
	return nil
}

// flush adds what DuckDB holds to the table.
func (a *appender) flush() error {
	a.waiting = 0
	a.flushing.Lock()
	defer a.flushing.Unlock()
	if mapping.AppenderFlush(a.native) == mapping.StateError {
		return a.failed()
	}
	return nil
}

// close adds the last rows to the table, unless a fault came before.
func (a *appender) close() (err error) {
	if a.fault == nil && a.at == 0 {
		err = a.give()
	}
	if err == nil && a.fault == nil {
		err = a.flush()
	}
	mapping.AppenderDestroy(&a.native)
	mapping.DestroyDataChunk(&a.chunk)
	return err
}

// failed is DuckDB's own word on what went wrong.
func (a *appender) failed() error {
	data := mapping.AppenderErrorData(a.native)
	defer mapping.DestroyErrorData(&data)
	return errors.New(mapping.ErrorDataMessage(data))
}
