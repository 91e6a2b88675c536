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
