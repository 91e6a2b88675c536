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
		multiplyPacked(rows, k, columns, a, lda, b, ldb, c, ldc)
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

// packedRows is how many rows of b are packed at once.
const packedRows = 256

// multiplyPacked does the same with 32 (or 16) columns of b copied to one run of
// memory first: rows of b that lie a power of two apart push each other out of
// the cache.
func multiplyPacked(rows, k, columns int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	var panel [packedRows * 32]float32
	for from := 0; from < k; from += packedRows {
		deep := min(packedRows, k-from)
		for column := 0; column < columns; {
			width := 16
			if hasAVX512 && column+32 <= columns {
				width = 32
			}
			for j := range deep {
				copy(panel[j*width:][:width], b[(from+j)*ldb+column:])
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
