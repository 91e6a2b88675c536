#include "textflag.h"

DATA most<>+0(SB)/4, $0x46fffe00 // 32767.0
GLOBL most<>(SB), RODATA|NOPTR, $4
DATA ones<>+0(SB)/4, $0x00010001
GLOBL ones<>(SB), RODATA|NOPTR, $4

// FINISH turns sums into results: times the scale of the row and of the column, plus
// the bias, rounded.
#define FINISH(sum, row, scale, bias, most) \
	VCVTDQ2PS sum, sum; \
	VMULPS row, sum, sum; \
	VMULPS scale, sum, sum; \
	VADDPS bias, sum, sum; \
	VMINPS most, sum, sum; \
	VCVTPS2DQ sum, sum

// FINISH64 finishes and stores 64 sums of a row.
#define FINISH64(sum0, sum1, sum2, sum3, small0, small1, small2, small3) \
	VBROADCASTSS (R13), Z28; \
	ADDQ $4, R13; \
	FINISH(sum0, Z28, Z24, (R12), Z29); \
	FINISH(sum1, Z28, Z25, 64(R12), Z29); \
	FINISH(sum2, Z28, Z26, 128(R12), Z29); \
	FINISH(sum3, Z28, Z27, 192(R12), Z29); \
	VPMOVSDW sum0, small0; \
	VPMOVSDW sum1, small1; \
	VPMOVSDW sum2, small2; \
	VPMOVSDW sum3, small3; \
	VMOVDQU64 small0, (DX); \
	VMOVDQU64 small1, 32(DX); \
	VMOVDQU64 small2, 64(DX); \
	VMOVDQU64 small3, 96(DX); \
	ADDQ R15, DX

// ROW64 adds the products of four values of a row, broadcast, and 64 columns.
#define ROW64(value, row, sum0, sum1, sum2, sum3) \
	VPBROADCASTD value, row; \
	VPDPBUSD Z24, row, sum0; \
	VPDPBUSD Z25, row, sum1; \
	VPDPBUSD Z26, row, sum2; \
	VPDPBUSD Z27, row, sum3

// func productVNNI(rows, groups int, a *uint8, weights *int8, start *int32, scale, bias, scales *float32, out *int16, columns int)
// One panel of a product: rows is a multiple of six, groups a fourth of the values
// of a row, columns how far rows of out lie apart. Needs AVX-512 with VNNI.
TEXT ·productVNNI(SB), NOSPLIT, $0-80
	MOVQ rows+0(FP), R8
	MOVQ groups+8(FP), R9
	MOVQ a+16(FP), SI
	MOVQ weights+24(FP), DI
	MOVQ start+32(FP), R10
	MOVQ scale+40(FP), R11
	MOVQ bias+48(FP), R12
	MOVQ scales+56(FP), R13
	MOVQ out+64(FP), DX
	MOVQ columns+72(FP), R15
	SHLQ $1, R15
	LEAQ (R9*4), AX

tile:
	VMOVDQU32 (R10), Z0
	VMOVDQU32 64(R10), Z1
	VMOVDQU32 128(R10), Z2
	VMOVDQU32 192(R10), Z3
	VMOVDQA64 Z0, Z4
	VMOVDQA64 Z1, Z5
	VMOVDQA64 Z2, Z6
	VMOVDQA64 Z3, Z7
	VMOVDQA64 Z0, Z8
	VMOVDQA64 Z1, Z9
	VMOVDQA64 Z2, Z10
	VMOVDQA64 Z3, Z11
	VMOVDQA64 Z0, Z12
	VMOVDQA64 Z1, Z13
	VMOVDQA64 Z2, Z14
	VMOVDQA64 Z3, Z15
	VMOVDQA64 Z0, Z16
	VMOVDQA64 Z1, Z17
	VMOVDQA64 Z2, Z18
	VMOVDQA64 Z3, Z19
	VMOVDQA64 Z0, Z20
	VMOVDQA64 Z1, Z21
	VMOVDQA64 Z2, Z22
	VMOVDQA64 Z3, Z23
	LEAQ (SI)(AX*2), BX
	ADDQ AX, BX
	MOVQ DI, R14
	MOVQ R9, CX

group:
	VMOVDQU32 (R14), Z24
	VMOVDQU32 64(R14), Z25
	VMOVDQU32 128(R14), Z26
	VMOVDQU32 192(R14), Z27
	ROW64((SI), Z28, Z0, Z1, Z2, Z3)
	ROW64((SI)(AX*1), Z29, Z4, Z5, Z6, Z7)
	ROW64((SI)(AX*2), Z30, Z8, Z9, Z10, Z11)
	ROW64((BX), Z28, Z12, Z13, Z14, Z15)
	ROW64((BX)(AX*1), Z29, Z16, Z17, Z18, Z19)
	ROW64((BX)(AX*2), Z30, Z20, Z21, Z22, Z23)
	ADDQ $4, SI
	ADDQ $4, BX
	ADDQ $256, R14
	DECQ CX
	JNZ group
	VMOVUPS (R11), Z24
	VMOVUPS 64(R11), Z25
	VMOVUPS 128(R11), Z26
	VMOVUPS 192(R11), Z27
	VBROADCASTSS most<>(SB), Z29
	FINISH64(Z0, Z1, Z2, Z3, Y0, Y1, Y2, Y3)
	FINISH64(Z4, Z5, Z6, Z7, Y4, Y5, Y6, Y7)
	FINISH64(Z8, Z9, Z10, Z11, Y8, Y9, Y10, Y11)
	FINISH64(Z12, Z13, Z14, Z15, Y12, Y13, Y14, Y15)
	FINISH64(Z16, Z17, Z18, Z19, Y16, Y17, Y18, Y19)
	FINISH64(Z20, Z21, Z22, Z23, Y20, Y21, Y22, Y23)
	LEAQ (BX)(AX*2), SI // five rows on, and the one that was read
	SUBQ $6, R8
	JNZ tile
	VZEROUPPER
	RET

// ROW16 adds the products of four values of a row, broadcast, and 16 columns.
#define ROW16(value, sum0, sum1) \
	VPBROADCASTD value, Y12; \
	VPMADDUBSW (R14), Y12, Y13; \
	VPMADDUBSW 32(R14), Y12, Y14; \
	VPMADDWD Y15, Y13, Y13; \
	VPMADDWD Y15, Y14, Y14; \
	VPADDD Y13, sum0, sum0; \
	VPADDD Y14, sum1, sum1

// FINISH16 finishes and stores 16 sums of a row.
#define FINISH16(sum0, sum1) \
	VBROADCASTSS (R13), Y12; \
	ADDQ $4, R13; \
	FINISH(sum0, Y12, (R11), (R12), Y14); \
	FINISH(sum1, Y12, 32(R11), 32(R12), Y14); \
	VPACKSSDW sum1, sum0, sum0; \
	VPERMQ $0xD8, sum0, sum0; \
	VMOVDQU sum0, (DX); \
	ADDQ R15, DX

// func productAVX2(rows, groups int, a *uint8, weights *int8, start *int32, scale, bias, scales *float32, out *int16, columns int)
// As productVNNI for a quarter of a panel. Needs AVX2.
TEXT ·productAVX2(SB), NOSPLIT, $0-80
	MOVQ rows+0(FP), R8
	MOVQ groups+8(FP), R9
	MOVQ a+16(FP), SI
	MOVQ weights+24(FP), DI
	MOVQ start+32(FP), R10
	MOVQ scale+40(FP), R11
	MOVQ bias+48(FP), R12
	MOVQ scales+56(FP), R13
	MOVQ out+64(FP), DX
	MOVQ columns+72(FP), R15
	SHLQ $1, R15
	LEAQ (R9*4), AX
	VPBROADCASTD ones<>(SB), Y15

tile16:
	VMOVDQU (R10), Y0
	VMOVDQU 32(R10), Y1
	VMOVDQA Y0, Y2
	VMOVDQA Y1, Y3
	VMOVDQA Y0, Y4
	VMOVDQA Y1, Y5
	VMOVDQA Y0, Y6
	VMOVDQA Y1, Y7
	VMOVDQA Y0, Y8
	VMOVDQA Y1, Y9
	VMOVDQA Y0, Y10
	VMOVDQA Y1, Y11
	LEAQ (SI)(AX*2), BX
	ADDQ AX, BX
	MOVQ DI, R14
	MOVQ R9, CX

group16:
	ROW16((SI), Y0, Y1)
	ROW16((SI)(AX*1), Y2, Y3)
	ROW16((SI)(AX*2), Y4, Y5)
	ROW16((BX), Y6, Y7)
	ROW16((BX)(AX*1), Y8, Y9)
	ROW16((BX)(AX*2), Y10, Y11)
	ADDQ $4, SI
	ADDQ $4, BX
	ADDQ $256, R14
	DECQ CX
	JNZ group16
	VBROADCASTSS most<>(SB), Y14
	FINISH16(Y0, Y1)
	FINISH16(Y2, Y3)
	FINISH16(Y4, Y5)
	FINISH16(Y6, Y7)
	FINISH16(Y8, Y9)
	FINISH16(Y10, Y11)
	LEAQ (BX)(AX*2), SI
	SUBQ $6, R8
	JNZ tile16
	VZEROUPPER
	RET
