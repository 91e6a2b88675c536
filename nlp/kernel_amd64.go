package nlp

import "golang.org/x/sys/cpu"

//go:noescape
func gemm4x16(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int)

//go:noescape
func gemm4x32(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int)

var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F
)

// multiplyAdd adds a·b to c: a has rows of k values (lda apart), b has k rows of
// columns values (ldb apart), c rows of columns (ldc apart). rows must be a
// multiple of 4 and columns of 16.
func multiplyAdd(rows, k, columns int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	if !hasAVX2 {
		multiplyAddPlain(rows, k, columns, a, lda, b, ldb, c, ldc)
		return
	}
	if rows == 0 || k == 0 || columns == 0 {
		return
	}
	// The last elements that the kernels touch must be inside the slices.
	_, _, _ = a[(rows-1)*lda+k-1], b[(k-1)*ldb+columns-1], c[(rows-1)*ldc+columns-1]
	if rows >= 16 {
		multiplyPacked(rows, k, columns, a, lda, b, ldb, nil, c, ldc)
		return
	}
	column := 0
	if hasAVX512 {
		for ; column+32 <= columns; column += 32 {
			for row := 0; row < rows; row += 4 {
				gemm4x32(k, &a[row*lda], lda, &b[column], ldb, &c[row*ldc+column], ldc)
			}
		}
	}
	for ; column < columns; column += 16 {
		for row := 0; row < rows; row += 4 {
			gemm4x16(k, &a[row*lda], lda, &b[column], ldb, &c[row*ldc+column], ldc)
		}
	}
}

// multiplyAddReady is multiplyAdd with b also as pack laid it out; a nil ready means
// that it is packed now, again and again.
func multiplyAddReady(rows, k, columns int, a []float32, lda int, b, ready, c []float32, ldc int) {
	if ready == nil || !hasAVX2 || rows < 16 {
		multiplyAdd(rows, k, columns, a, lda, b, columns, c, ldc)
		return
	}
	_, _ = a[(rows-1)*lda+k-1], c[(rows-1)*ldc+columns-1]
	multiplyPacked(rows, k, columns, a, lda, nil, 0, ready, c, ldc)
}

// packedRows is how many rows of b are packed at once.
const packedRows = 256

// multiplyPacked does the same with 32 (or 16) columns of b copied to one run of
// memory first: rows of b that lie a power of two apart push each other out of
// the cache. ready holds those runs where they are made already.
func multiplyPacked(rows, k, columns int, a []float32, lda int, b []float32, ldb int, ready, c []float32, ldc int) {
	var space [packedRows * 32]float32
	for from := 0; from < k; from += packedRows {
		deep := min(packedRows, k-from)
		for column := 0; column < columns; {
			width := panelWidth(columns - column)
			panel := ready
			if ready == nil {
				panel = space[:]
				packPanel(panel, b, ldb, from, deep, column, width)
			} else {
				ready = ready[deep*width:]
			}
			for row := 0; row < rows; row += 4 {
				if width == 32 {
					gemm4x32(deep, &a[row*lda+from], lda, &panel[0], width, &c[row*ldc+column], ldc)
				} else {
					gemm4x16(deep, &a[row*lda+from], lda, &panel[0], width, &c[row*ldc+column], ldc)
				}
			}
			column += width
		}
	}
}

// panelWidth is how many of the columns left go into the next panel.
func panelWidth(left int) int {
	if hasAVX512 && left >= 32 {
		return 32
	}
	return 16
}

// packPanel copies some columns of some rows of b to one run of memory.
func packPanel(panel, b []float32, ldb, from, deep, column, width int) {
	for j := range deep {
		copy(panel[j*width:][:width], b[(from+j)*ldb+column:])
	}
}

// pack lays a weight matrix out as multiplyPacked reads it, panel after panel.
func pack(out, w []float32, k, columns int) {
	for from := 0; from < k; from += packedRows {
		deep := min(packedRows, k-from)
		for column := 0; column < columns; {
			width := panelWidth(columns - column)
			packPanel(out, w, columns, from, deep, column, width)
			out = out[deep*width:]
			column += width
		}
	}
}
