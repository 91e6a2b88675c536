#include "textflag.h"

// Constants of squash in plain Go (see fixed.go), in pairs.
DATA fixed<>+0(SB)/4, $0x7fff7fff  // 32767
DATA fixed<>+4(SB)/4, $0x04390439  // squash2
DATA fixed<>+8(SB)/4, $0x4a5e4a5e  // squash6
DATA fixed<>+12(SB)/4, $0xf169f169 // squash14
DATA fixed<>+16(SB)/4, $0x1fff1fff // 8*gateOne - 1
DATA fixed<>+20(SB)/4, $0x0fff0fff // 4*gateOne - 1
DATA fixed<>+24(SB)/4, $0x40004000 // 1 in units of 2^-14
DATA fixed<>+28(SB)/4, $0x08000800 // 2*gateOne
DATA fixed<>+32(SB)/4, $0x00400040 // 64
DATA fixed<>+36(SB)/4, $0x80808080
DATA fixed<>+40(SB)/4, $0x0ccd0ccd // a tenth
DATA fixed<>+44(SB)/4, $0x46fffe00 // 32767.0
GLOBL fixed<>(SB), RODATA|NOPTR, $48

// LACKING sets v to what a tanh lacks to 1, given v from 32767 down to 0. It works in
// three more registers.
#define LACKING(v, v2, v4, v8) \
	VPMULHRSW v, v, v2; \
	VPMULHRSW v2, v2, v4; \
	VPMULHRSW v4, v4, v8; \
	VPMULHRSW Y12, v8, v8; \
	VPADDW Y13, v8, v8; \
	VPMULHRSW v4, v8, v8; \
	VPADDW Y14, v8, v8; \
	VPMULHRSW v2, v8, v

// SIGMOID sets v to the sigmoid of x in units of 2^-15.
#define SIGMOID(x, v, v2, v4, v8) \
	VPABSW x, v; \
	VPMINUW Y11, v, v; \
	VPSLLW $2, v, v; \
	VPSUBW v, Y15, v; \
	LACKING(v, v2, v4, v8); \
	VPSRAW $15, x, v2; \
	VPANDN Y15, v2, v2; \
	VPXOR v2, v, v

// func recurAVX2(n, width int, gates *int16, gateStep int, outputs *int16, outputStep int)
// recurFixed with width a multiple of 16, from row to row by steps in bytes. Needs AVX2.
TEXT ·recurAVX2(SB), NOSPLIT, $0-48
	MOVQ n+0(FP), R8
	MOVQ width+8(FP), R9
	MOVQ gates+16(FP), SI
	MOVQ gateStep+24(FP), R11
	MOVQ outputs+32(FP), DI
	MOVQ outputStep+40(FP), R12
	MOVQ R9, R13
	SHLQ $1, R9             // bytes to the forget gate
	LEAQ (R9)(R9*2), R10    // and to the highway
	VPBROADCASTD fixed<>+0(SB), Y15
	VPBROADCASTD fixed<>+4(SB), Y14
	VPBROADCASTD fixed<>+8(SB), Y13
	VPBROADCASTD fixed<>+12(SB), Y12
	VPBROADCASTD fixed<>+16(SB), Y11

lanes:
	VPXOR Y10, Y10, Y10 // the cells
	MOVQ SI, AX
	MOVQ DI, DX
	MOVQ R8, CX

row:
	VMOVDQU (AX)(R9*1), Y0
	SIGMOID(Y0, Y1, Y2, Y3, Y4)
	VMOVDQU (AX)(R9*2), Y5
	SIGMOID(Y5, Y6, Y7, Y8, Y9)
	VMOVDQU (AX), Y0
	VPSUBSW Y0, Y10, Y10
	VPMULHRSW Y1, Y10, Y10
	VPADDSW Y0, Y10, Y10 // candidate + forget * (cell - candidate)
	VPBROADCASTD fixed<>+20(SB), Y1
	VPABSW Y10, Y0
	VPMINUW Y1, Y0, Y0
	VPSLLW $3, Y0, Y0
	VPSUBW Y0, Y15, Y0
	LACKING(Y0, Y1, Y2, Y3)
	VPBROADCASTD fixed<>+24(SB), Y1
	VPBROADCASTD fixed<>+28(SB), Y2
	VPSUBW Y0, Y1, Y0
	VPSIGNW Y10, Y0, Y0
	VPMULHRSW Y2, Y0, Y0 // tanh of the cell
	VMOVDQU (AX)(R10*1), Y3
	VPSUBSW Y3, Y0, Y0
	VPMULHRSW Y6, Y0, Y0
	VPADDSW Y3, Y0, Y0 // highway + reset * (tanh cell - highway)
	VMOVDQU Y0, (DX)
	ADDQ R11, AX
	ADDQ R12, DX
	DECQ CX
	JNZ row
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $16, R13
	JNZ lanes
	VZEROUPPER
	RET

// func quantizeRowsAVX2(n, width int, rows *int16, out *uint8, scales *float32)
// quantizeRow for n rows, width a multiple of 16. Needs AVX2.
TEXT ·quantizeRowsAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), R8
	MOVQ width+8(FP), R9
	MOVQ rows+16(FP), SI
	MOVQ out+24(FP), DI
	MOVQ scales+32(FP), R11
	VPBROADCASTD fixed<>+32(SB), Y15
	VPBROADCASTD fixed<>+36(SB), Y14
	VPCMPEQW Y13, Y13, Y13
	MOVL $32767, R12
	MOVL $1, R13

one:
	VPXOR Y0, Y0, Y0
	MOVQ R9, BX
	MOVQ SI, AX

most:
	VPABSW (AX), Y1
	VPMAXUW Y1, Y0, Y0
	ADDQ $32, AX
	SUBQ $16, BX
	JNZ most
	VEXTRACTI128 $1, Y0, X1
	VPMAXUW X1, X0, X0
	VPXOR X13, X0, X0 // the processor knows the least of eight numbers only
	VPHMINPOSUW X0, X0
	VMOVD X0, AX
	NOTL AX
	MOVWLZX AX, AX
	CMPL AX, R12
	CMOVLHI R12, AX
	CMPL AX, R13
	CMOVLCS R13, AX
	BSRL AX, BX
	MOVL $14, CX
	SUBL BX, CX // the shift that makes the most 15 bits long
	SHLL CX, AX
	VMOVD CX, X1
	MOVL AX, BX
	MOVL $532676608, AX // 127 << 22
	XORL DX, DX
	DIVL BX
	VMOVD AX, X2
	VPBROADCASTW X2, Y2 // the factor
	MOVL $4194304, BX
	SHRL CX, BX
	VXORPS X3, X3, X3
	VCVTSI2SSL AX, X3, X4
	VCVTSI2SSL BX, X3, X5
	VDIVSS X4, X5, X5
	VMOVSS X5, (R11)
	ADDQ $4, R11
	MOVQ R9, BX

bytes:
	VMOVDQU (SI), Y0
	VPSLLW X1, Y0, Y0
	VPMULHRSW Y2, Y0, Y0
	VPADDW Y15, Y0, Y0
	VPSRAW $7, Y0, Y0
	VEXTRACTI128 $1, Y0, X3
	VPACKSSWB X3, X0, X0
	VPXOR X14, X0, X0
	VMOVDQU X0, (DI)
	ADDQ $32, SI
	ADDQ $16, DI
	SUBQ $16, BX
	JNZ bytes
	DECQ R8
	JNZ one
	VZEROUPPER
	RET

// func leakAVX2(n int, out, a, b *int16)
// leakFixed for n values, a multiple of 16. Needs AVX2.
TEXT ·leakAVX2(SB), NOSPLIT, $0-32
	MOVQ n+0(FP), CX
	MOVQ out+8(FP), DI
	MOVQ a+16(FP), SI
	MOVQ b+24(FP), DX
	VPBROADCASTD fixed<>+40(SB), Y2
	XORQ AX, AX

values:
	VMOVDQU (SI)(AX*2), Y0
	VPADDSW (DX)(AX*2), Y0, Y0
	VPMULHRSW Y2, Y0, Y1
	VPMAXSW Y1, Y0, Y0
	VMOVDQU Y0, (DI)(AX*2)
	ADDQ $16, AX
	CMPQ AX, CX
	JLT values
	VZEROUPPER
	RET

// func arcProductsAVX2(n, width int, dependants *int16, dependantStep int, heads *int16, headStep int, scores *int32, scoreStep int)
// arcProducts with width a multiple of 16; steps are in bytes. Needs AVX2.
TEXT ·arcProductsAVX2(SB), NOSPLIT, $0-64
	MOVQ width+8(FP), R9
	MOVQ dependants+16(FP), SI
	MOVQ headStep+40(FP), R10
	MOVQ scores+48(FP), DI
	MOVQ n+0(FP), R8
	SHLQ $1, R9

dependant:
	MOVQ heads+32(FP), BX
	MOVQ n+0(FP), CX
	MOVQ DI, DX
	SUBQ $4, CX
	JLT single

four:
	LEAQ (BX)(R10*2), R11
	ADDQ R10, R11 // the fourth head
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	XORQ AX, AX
	LEAQ (BX)(R10*1), R12
	LEAQ (BX)(R10*2), R13

four16:
	VMOVDQU (SI)(AX*1), Y4
	VPMADDWD (BX)(AX*1), Y4, Y5
	VPMADDWD (R12)(AX*1), Y4, Y6
	VPMADDWD (R13)(AX*1), Y4, Y7
	VPMADDWD (R11)(AX*1), Y4, Y8
	VPADDD Y5, Y0, Y0
	VPADDD Y6, Y1, Y1
	VPADDD Y7, Y2, Y2
	VPADDD Y8, Y3, Y3
	ADDQ $32, AX
	CMPQ AX, R9
	JLT four16
	VPHADDD Y1, Y0, Y0
	VPHADDD Y3, Y2, Y2
	VPHADDD Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD X1, X0, X0
	VMOVDQU X0, (DX)
	ADDQ $16, DX
	LEAQ (BX)(R10*4), BX
	SUBQ $4, CX
	JGE four

single:
	ADDQ $4, CX
	JZ next

head:
	VPXOR Y0, Y0, Y0
	XORQ AX, AX

head16:
	VMOVDQU (SI)(AX*1), Y4
	VPMADDWD (BX)(AX*1), Y4, Y5
	VPADDD Y5, Y0, Y0
	ADDQ $32, AX
	CMPQ AX, R9
	JLT head16
	VEXTRACTI128 $1, Y0, X1
	VPADDD X1, X0, X0
	VPHADDD X0, X0, X0
	VPHADDD X0, X0, X0
	VMOVD X0, (DX)
	ADDQ $4, DX
	ADDQ R10, BX
	DECQ CX
	JNZ head

next:
	ADDQ dependantStep+24(FP), SI
	ADDQ scoreStep+56(FP), DI
	DECQ R8
	JNZ dependant
	VZEROUPPER
	RET

// func topsAVX2(n, width int, best *uint8, scores *int16, step int)
// tops with width a multiple of 16; step is in bytes. Needs AVX2.
TEXT ·topsAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), R8
	MOVQ width+8(FP), R9
	MOVQ best+16(FP), DI
	MOVQ scores+24(FP), SI
	MOVQ step+32(FP), R10
	SHLQ $1, R9
	VPBROADCASTD fixed<>+0(SB), Y15

top:
	VMOVDQU (SI), Y0
	MOVQ $32, AX
	CMPQ AX, R9
	JGE topmost

greatest:
	VPMAXSW (SI)(AX*1), Y0, Y0
	ADDQ $32, AX
	CMPQ AX, R9
	JLT greatest

topmost:
	VEXTRACTI128 $1, Y0, X1
	VPMAXSW X1, X0, X0
	VPXOR X15, X0, X0 // the greatest becomes the least without a sign
	VPHMINPOSUW X0, X0
	VPXOR X15, X0, X0
	VPBROADCASTW X0, Y0
	XORQ AX, AX

which:
	VPCMPEQW (SI)(AX*1), Y0, Y1
	VPMOVMSKB Y1, BX
	ADDQ $32, AX
	TESTL BX, BX
	JZ which
	BSFL BX, BX
	LEAQ -32(AX)(BX*1), AX
	SHRQ $1, AX
	MOVB AX, (DI)
	INCQ DI
	ADDQ R10, SI
	DECQ R8
	JNZ top
	VZEROUPPER
	RET

// func bestsAVX2(n, columns int, best, scores *int32)
// The column of the greatest value in each of n rows of columns values, a multiple of
// eight. Needs AVX2.
TEXT ·bestsAVX2(SB), NOSPLIT, $0-32
	MOVQ n+0(FP), R8
	MOVQ columns+8(FP), R9
	MOVQ best+16(FP), DI
	MOVQ scores+24(FP), SI
	SHLQ $2, R9

best:
	VMOVDQU (SI), Y0
	MOVQ $32, AX
	CMPQ AX, R9
	JGE bestmost

better:
	VPMAXSD (SI)(AX*1), Y0, Y0
	ADDQ $32, AX
	CMPQ AX, R9
	JLT better

bestmost:
	VEXTRACTI128 $1, Y0, X1
	VPMAXSD X1, X0, X0
	VPSHUFD $0x4E, X0, X1
	VPMAXSD X1, X0, X0
	VPSHUFD $0xB1, X0, X1
	VPMAXSD X1, X0, X0
	VPBROADCASTD X0, Y0
	XORQ AX, AX

whose:
	VPCMPEQD (SI)(AX*1), Y0, Y1
	VMOVMSKPS Y1, BX
	ADDQ $32, AX
	TESTL BX, BX
	JZ whose
	BSFL BX, BX
	SHRQ $2, AX
	LEAQ -8(AX)(BX*1), AX
	MOVL AX, (DI)
	ADDQ $4, DI
	ADDQ R9, SI
	DECQ R8
	JNZ best
	VZEROUPPER
	RET

// func gatherAVX2(n, width int, out, rows *int16, which *int32)
// Copies n of the rows of width values, a multiple of 16. Needs AVX2.
TEXT ·gatherAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), R8
	MOVQ width+8(FP), R9
	MOVQ out+16(FP), DI
	MOVQ rows+24(FP), SI
	MOVQ which+32(FP), DX
	SHLQ $1, R9

gather:
	MOVLQSX (DX), AX
	IMULQ R9, AX
	ADDQ SI, AX
	XORQ CX, CX
	MOVQ AX, BX // of the last row nothing is fetched ahead
	CMPQ R8, $1
	JEQ copy
	MOVLQSX 4(DX), BX
	IMULQ R9, BX
	ADDQ SI, BX

copy:
	PREFETCHT0 (BX)(CX*1)
	VMOVDQU (AX)(CX*1), Y0
	VMOVDQU Y0, (DI)(CX*1)
	ADDQ $32, CX
	CMPQ CX, R9
	JLT copy
	ADDQ R9, DI
	ADDQ $4, DX
	DECQ R8
	JNZ gather
	VZEROUPPER
	RET

// func addAVX2(n int, out, a *float32)
// Adds n values, a multiple of 8, to others. Needs AVX2.
TEXT ·addAVX2(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	MOVQ out+8(FP), DI
	MOVQ a+16(FP), SI
	XORQ AX, AX

sum:
	VMOVUPS (DI)(AX*4), Y0
	VADDPS (SI)(AX*4), Y0, Y0
	VMOVUPS Y0, (DI)(AX*4)
	ADDQ $8, AX
	CMPQ AX, CX
	JLT sum
	VZEROUPPER
	RET

// func roundAVX2(n int, out *int16, values *float32, one float32)
// Rounds n values, a multiple of 16, to whole numbers, where one is 1. Needs AVX2.
TEXT ·roundAVX2(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ out+8(FP), DI
	MOVQ values+16(FP), SI
	VBROADCASTSS one+24(FP), Y15
	VBROADCASTSS fixed<>+44(SB), Y14
	XORQ AX, AX

round:
	VMULPS (SI)(AX*4), Y15, Y0
	VMULPS 32(SI)(AX*4), Y15, Y1
	VMINPS Y14, Y0, Y0
	VMINPS Y14, Y1, Y1
	VCVTPS2DQ Y0, Y0
	VCVTPS2DQ Y1, Y1
	VPACKSSDW Y1, Y0, Y0
	VPERMQ $0xD8, Y0, Y0
	VMOVDQU Y0, (DI)(AX*2)
	ADDQ $16, AX
	CMPQ AX, CX
	JLT round
	VZEROUPPER
	RET
