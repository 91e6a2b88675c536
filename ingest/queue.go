package ingest

import "runtime"

// maxInHand bounds the bytes of the pages that are worked on at once.
const maxInHand = 32 << 20

// A queue does several pieces of work at once and hands on what they give in the
// order in which they were added. Taking the article out of a page takes longer
// than reading the page, so one after another would leave most cores idle.
type queue struct {
	jobs  []job // the oldest first
	bytes int
	done  bool // no more is wanted
}

type job struct {
	size int
	out  chan func() bool
}

// add begins a piece of work on so many bytes. What the work gives is called later,
// on the goroutine that calls add or drain; it says whether more is wanted. add
// says that too.
func (q *queue) add(size int, work task) bool {
	for len(q.jobs) > 0 && (len(q.jobs) >= 2*runtime.GOMAXPROCS(0) || q.bytes+size > maxInHand) {
		q.next()
	}
	if q.done {
		return false
	}
	out := make(chan func() bool, 1)
	q.jobs = append(q.jobs, job{size, out})
	q.bytes += size
	go func() { out <- work() }()
	return true
}

// next hands on what the oldest piece of work gives.
func (q *queue) next() {
	j := q.jobs[0]
	q.jobs = q.jobs[1:]
	q.bytes -= j.size
	hand := <-j.out
	if !q.done {
		q.done = !hand()
	}
}

// drain hands on all that is left; it reports whether more is wanted.
func (q *queue) drain() bool {
	for len(q.jobs) > 0 {
		q.next()
	}
	return !q.done
}
