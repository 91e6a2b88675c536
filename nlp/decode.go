package nlp

import "math"

// An arcScores is a square of scores: row dependant, column head. The best has the
// largest number; what a number means does not matter to decoding.
type arcScores struct {
	n, columns int
	data       []int32
}

// reshape makes room for the scores among n rows, to be written.
func (s *arcScores) reshape(n int) {
	s.n, s.columns = n, padded(n, 8)
	s.data = grown(s.data, n*s.columns)
}

func (s *arcScores) row(i int) []int32 { return s.data[i*s.columns : (i+1)*s.columns] }

// never is the score of an arc that may not be. Twice as much can be told.
const never = math.MinInt32 / 2

// bestsPlain finds the best head of every token but the root, which has none: 0.
func bestsPlain(best []int32, scores *arcScores) {
	best[0] = 0
	for i := 1; i < scores.n; i++ {
		best[i] = int32(scores.best(i))
	}
}

// best gives the head with the best score for a token, the first of equal ones.
func (s *arcScores) best(i int) int {
	row := s.row(i)[:s.n]
	top := -1
	for j, score := range row {
		if j != i && (top < 0 || score > row[top]) {
			top = j
		}
	}
	return top
}

// decode picks a head for every token from the arc scores so that they form a
// tree with one root: the best head of each where that gives a tree, else Chu and
// Liu's and Edmonds' algorithm. heads[0] is unused. best is as bests gives it.
func decode(scores *arcScores, best []int32, heads []int) {
	n := len(heads)
	roots := 0
	for i := 1; i < n; i++ {
		heads[i] = int(best[i])
		if heads[i] == 0 {
			roots++
		}
	}
	if roots == 1 && isTree(heads) {
		return
	}
	// One root: the token that loses least by hanging on it. The others may not.
	root, top := 1, int64(math.MinInt64)
	for i := 1; i < n; i++ {
		row := scores.row(i)
		other := int64(math.MinInt64)
		for j := 1; j < n; j++ {
			if j != i {
				other = max(other, int64(row[j]))
			}
		}
		if gain := int64(row[0]) - other; gain > top || n == 2 {
			root, top = i, gain
		}
	}
	for i := 1; i < n; i++ {
		if i != root {
			scores.row(i)[0] = never
		}
	}
	for j := 1; j < n; j++ {
		scores.row(root)[j] = never
	}
	for i := 1; i < n; i++ {
		heads[i] = scores.best(i)
	}
	breakCycles(scores, heads)
}

// isTree reports whether following heads from every token ends at the root.
func isTree(heads []int) bool {
	var space [maxParse + 1]int
	state := space[:len(heads)] // the walk that saw a token; 0 for none
	state[0] = -1
	for i := 1; i < len(heads); i++ {
		at := i
		for state[at] == 0 {
			state[at] = i
			at = heads[at]
		}
		if state[at] == i {
			return false
		}
		for at = i; state[at] == i; at = heads[at] {
			state[at] = -1
		}
	}
	return true
}

// breakCycles opens cycles one after another where it costs least: of the tokens
// of a cycle the one whose best head outside loses least takes that one. It is
// the contraction of Chu-Liu-Edmonds without the re-weighting inside, which
// matters for few sentences and keeps this linear in the cycle's length times n.
func breakCycles(scores *arcScores, heads []int) {
	n := len(heads)
	for rounds := 0; rounds < n; rounds++ {
		cycle := findCycle(heads)
		if cycle == nil {
			return
		}
		inside := make(map[int]bool, len(cycle))
		for _, i := range cycle {
			inside[i] = true
		}
		from, to, least := cycle[0], 0, int64(math.MaxInt64)
		for _, i := range cycle {
			row := scores.row(i)
			for j := range n {
				// The new head must not itself hang on the cycle.
				if inside[j] || reaches(heads, j, i) {
					continue
				}
				if cost := int64(row[heads[i]]) - int64(row[j]); cost < least {
					from, to, least = i, j, cost
				}
			}
		}
		heads[from] = to
	}
}

// reaches reports whether following heads from a token comes to another.
func reaches(heads []int, from, to int) bool {
	for steps := 0; from != 0 && steps <= len(heads); steps++ {
		if from == to {
			return true
		}
		from = heads[from]
	}
	return from == to
}

func findCycle(heads []int) []int {
	seen := make([]int, len(heads))
	for i := 1; i < len(heads); i++ {
		at := i
		for at != 0 && seen[at] == 0 {
			seen[at] = i
			at = heads[at]
		}
		if at != 0 && seen[at] == i {
			cycle := []int{at}
			for j := heads[at]; j != at; j = heads[j] {
				cycle = append(cycle, j)
			}
			return cycle
		}
	}
	return nil
}
