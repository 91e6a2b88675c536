#include "textflag.h"

// The steps of the AVX2 kernels (see fixed_amd64.s) in AVX-512.
#define LACKING512(v, v2, v4, v8, c2, c6, c14) \
	VPMULHRSW v, v, v2; \
	VPMULHRSW v2, v2, v4; \
	VPMULHRSW v4, v4, v8; \
	VPMULHRSW c14, v8, v8; \
	VPADDW c6, v8, v8; \
	VPMULHRSW v4, v8, v8; \
	VPADDW c2, v8, v8; \
	VPMULHRSW v2, v8, v

#define SIGMOID512(x, v, v2, v4, v8, c2, c6, c14, most, one) \
	VPABSW x, v; \
	VPMINUW most, v, v; \
	VPSLLW $2, v, v; \
	VPSUBW v, one, v; \
	LACKING512(v, v2, v4, v8, c2, c6, c14); \
	VPSRAW $15, x, v2; \
	VPTERNLOGD $0xD2, one, v2, v // v but 32767 - v where x is no less than 0

// STEP512 takes the cells one row on and writes their outputs.
#define STEP512(g, h, v, v2, v4, v8, u, u2, u4, u8, cell, c2, c6, c14, most, one, most4, half, two, zero) \
	VMOVDQU16 (AX)(R9*1), g; \
	SIGMOID512(g, v, v2, v4, v8, c2, c6, c14, most, one); \
	VMOVDQU16 (AX)(R9*2), h; \
	SIGMOID512(h, u, u2, u4, u8, c2, c6, c14, most, one); \
	VMOVDQU16 (AX), g; \
	VPSUBSW g, cell, cell; \
	VPMULHRSW v, cell, cell; \
	VPADDSW g, cell, cell; \
	VPABSW cell, v; \
	VPMINUW most4, v, v; \
	VPSLLW $3, v, v; \
	VPSUBW v, one, v; \
	LACKING512(v, v2, v4, v8, c2, c6, c14); \
	VPMOVW2M cell, K1; \
	VPSUBW v, half, v; \
	VPSUBW v, zero, K1, v; \
	VPMULHRSW two, v, v; \
	VMOVDQU16 (AX)(R10*1), g; \
	VPSUBSW g, v, v; \
	VPMULHRSW u, v, v; \
	VPADDSW g, v, v; \
	VMOVDQU16 v, (DX); \
	ADDQ R11, AX; \
	ADDQ R12, DX; \
	DECQ CX

// func recurAVX512(n, width int, gates *int16, gateStep int, outputs *int16, outputStep int)
// recurAVX2 for twice as many cells at once. Needs AVX-512 with BW and VL.
TEXT ·recurAVX512(SB), NOSPLIT, $0-48
	MOVQ n+0(FP), R8
	MOVQ width+8(FP), R9
	MOVQ gates+16(FP), SI
	MOVQ gateStep+24(FP), R11
	MOVQ outputs+32(FP), DI
	MOVQ outputStep+40(FP), R12
	MOVQ R9, R13
	SHLQ $1, R9
	LEAQ (R9)(R9*2), R10
	MOVL $0x04390439, AX
	VPBROADCASTD AX, Z20
	MOVL $0x4a5e4a5e, AX
	VPBROADCASTD AX, Z21
	MOVL $0xf169f169, AX
	VPBROADCASTD AX, Z22
	MOVL $0x1fff1fff, AX
	VPBROADCASTD AX, Z23
	MOVL $0x7fff7fff, AX
	VPBROADCASTD AX, Z24
	MOVL $0x0fff0fff, AX
	VPBROADCASTD AX, Z25
	MOVL $0x40004000, AX
	VPBROADCASTD AX, Z26
	MOVL $0x08000800, AX
	VPBROADCASTD AX, Z27
	VPXORD Z28, Z28, Z28
	SUBQ $32, R13
	JLT few

lanes:
	VPXORD Z10, Z10, Z10 // the cells
	MOVQ SI, AX
	MOVQ DI, DX
	MOVQ R8, CX

row:
	STEP512(Z0, Z5, Z1, Z2, Z3, Z4, Z6, Z7, Z8, Z9, Z10, Z20, Z21, Z22, Z23, Z24, Z25, Z26, Z27, Z28)
	JNZ row
	ADDQ $64, SI
	ADDQ $64, DI
	SUBQ $32, R13
	JGE lanes

few:
	ADDQ $32, R13
	JZ done
	VPXORD Y10, Y10, Y10
	MOVQ SI, AX
	MOVQ DI, DX
	MOVQ R8, CX

last:
	STEP512(Y0, Y5, Y1, Y2, Y3, Y4, Y6, Y7, Y8, Y9, Y10, Y20, Y21, Y22, Y23, Y24, Y25, Y26, Y27, Y28)
	JNZ last

done:
	VZEROUPPER
	RET
