#include "textflag.h"

// The constants of tanh in plain Go (see squash.go), each eight times.
DATA squash<>+0(SB)/8, $0xa59f25c0a59f25c0 // -2.76076847742355e-16
DATA squash<>+8(SB)/8, $0xa59f25c0a59f25c0
DATA squash<>+16(SB)/8, $0xa59f25c0a59f25c0
DATA squash<>+24(SB)/8, $0xa59f25c0a59f25c0
DATA squash<>+32(SB)/8, $0x2a61337e2a61337e // 2.00018790482477e-13
DATA squash<>+40(SB)/8, $0x2a61337e2a61337e
DATA squash<>+48(SB)/8, $0x2a61337e2a61337e
DATA squash<>+56(SB)/8, $0x2a61337e2a61337e
DATA squash<>+64(SB)/8, $0xaebd37ffaebd37ff // -8.60467152213735e-11
DATA squash<>+72(SB)/8, $0xaebd37ffaebd37ff
DATA squash<>+80(SB)/8, $0xaebd37ffaebd37ff
DATA squash<>+88(SB)/8, $0xaebd37ffaebd37ff
DATA squash<>+96(SB)/8, $0x335c0041335c0041 // 5.12229709037114e-08
DATA squash<>+104(SB)/8, $0x335c0041335c0041
DATA squash<>+112(SB)/8, $0x335c0041335c0041
DATA squash<>+120(SB)/8, $0x335c0041335c0041
DATA squash<>+128(SB)/8, $0x3779434a3779434a // 1.48572235717979e-05
DATA squash<>+136(SB)/8, $0x3779434a3779434a
DATA squash<>+144(SB)/8, $0x3779434a3779434a
DATA squash<>+152(SB)/8, $0x3779434a3779434a
DATA squash<>+160(SB)/8, $0x3a270ded3a270ded // 0.000637261928875436
DATA squash<>+168(SB)/8, $0x3a270ded3a270ded
DATA squash<>+176(SB)/8, $0x3a270ded3a270ded
DATA squash<>+184(SB)/8, $0x3a270ded3a270ded
DATA squash<>+192(SB)/8, $0x3ba059dc3ba059dc // 0.00489352455891786
DATA squash<>+200(SB)/8, $0x3ba059dc3ba059dc
DATA squash<>+208(SB)/8, $0x3ba059dc3ba059dc
DATA squash<>+216(SB)/8, $0x3ba059dc3ba059dc
DATA squash<>+224(SB)/8, $0x35a0d3d835a0d3d8 // 1.19825839466702e-06
DATA squash<>+232(SB)/8, $0x35a0d3d835a0d3d8
DATA squash<>+240(SB)/8, $0x35a0d3d835a0d3d8
DATA squash<>+248(SB)/8, $0x35a0d3d835a0d3d8
DATA squash<>+256(SB)/8, $0x38f895d638f895d6 // 0.000118534705686654
DATA squash<>+264(SB)/8, $0x38f895d638f895d6
DATA squash<>+272(SB)/8, $0x38f895d638f895d6
DATA squash<>+280(SB)/8, $0x38f895d638f895d6
DATA squash<>+288(SB)/8, $0x3b14aa053b14aa05 // 0.002268434632439
DATA squash<>+296(SB)/8, $0x3b14aa053b14aa05
DATA squash<>+304(SB)/8, $0x3b14aa053b14aa05
DATA squash<>+312(SB)/8, $0x3b14aa053b14aa05
DATA squash<>+320(SB)/8, $0x3ba059dd3ba059dd // 0.00489352518554385
DATA squash<>+328(SB)/8, $0x3ba059dd3ba059dd
DATA squash<>+336(SB)/8, $0x3ba059dd3ba059dd
DATA squash<>+344(SB)/8, $0x3ba059dd3ba059dd
DATA squash<>+352(SB)/8, $0x4110000041100000 // 9.0
DATA squash<>+360(SB)/8, $0x4110000041100000
DATA squash<>+368(SB)/8, $0x4110000041100000
DATA squash<>+376(SB)/8, $0x4110000041100000
DATA squash<>+384(SB)/8, $0xc1100000c1100000 // -9.0
DATA squash<>+392(SB)/8, $0xc1100000c1100000
DATA squash<>+400(SB)/8, $0xc1100000c1100000
DATA squash<>+408(SB)/8, $0xc1100000c1100000
DATA squash<>+416(SB)/8, $0x3f0000003f000000 // 0.5
DATA squash<>+424(SB)/8, $0x3f0000003f000000
DATA squash<>+432(SB)/8, $0x3f0000003f000000
DATA squash<>+440(SB)/8, $0x3f0000003f000000
GLOBL squash<>(SB), RODATA|NOPTR, $448

// TANH sets out to tanh x, by the quotient of two polynomials.
#define TANH(x, square, out, below) \
	VMINPS squash<>+352(SB), x, x; \
	VMAXPS squash<>+384(SB), x, x; \
	VMULPS x, x, square; \
	VMOVUPS squash<>+0(SB), out; \
	VFMADD213PS squash<>+32(SB), square, out; \
	VFMADD213PS squash<>+64(SB), square, out; \
	VFMADD213PS squash<>+96(SB), square, out; \
	VFMADD213PS squash<>+128(SB), square, out; \
	VFMADD213PS squash<>+160(SB), square, out; \
	VFMADD213PS squash<>+192(SB), square, out; \
	VMULPS x, out, out; \
	VMOVUPS squash<>+224(SB), below; \
	VFMADD213PS squash<>+256(SB), square, below; \
	VFMADD213PS squash<>+288(SB), square, below; \
	VFMADD213PS squash<>+320(SB), square, below; \
	VDIVPS below, out, out

// func recurStepAVX2(n int, gates, previous, cells, outputs *float32)
// One step of recurPart for n values, a multiple of eight. Needs AVX2 and FMA.
TEXT ·recurStepAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), CX
	MOVQ gates+8(FP), SI
	MOVQ previous+16(FP), DI
	MOVQ cells+24(FP), DX
	MOVQ outputs+32(FP), R8
	LEAQ (SI)(CX*4), R9   // forget
	LEAQ (R9)(CX*4), R10  // reset
	LEAQ (R10)(CX*4), R11 // highway
	XORQ AX, AX
	VMOVUPS squash<>+416(SB), Y15

loop:
	VMULPS (R9)(AX*4), Y15, Y0
	TANH(Y0, Y1, Y2, Y3)
	VFMADD213PS Y15, Y15, Y2 // sigmoid x is (1 + tanh(x/2)) / 2
	VMOVUPS Y2, (R9)(AX*4)
	VMULPS (R10)(AX*4), Y15, Y4
	TANH(Y4, Y5, Y6, Y7)
	VFMADD213PS Y15, Y15, Y6
	VMOVUPS Y6, (R10)(AX*4)
	VMOVUPS (SI)(AX*4), Y8
	VMOVUPS (DI)(AX*4), Y9
	VSUBPS Y8, Y9, Y9
	VFMADD213PS Y8, Y2, Y9 // candidate + forget * (previous - candidate)
	VMOVUPS Y9, (DX)(AX*4)
	TANH(Y9, Y10, Y11, Y12)
	VMOVUPS (R11)(AX*4), Y13
	VSUBPS Y13, Y11, Y11
	VFMADD213PS Y13, Y6, Y11 // highway + reset * (tanh cell - highway)
	VMOVUPS Y11, (R8)(AX*4)
	ADDQ $8, AX
	CMPQ AX, CX
	JLT loop
	VZEROUPPER
	RET
