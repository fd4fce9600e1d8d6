import { expect, it } from 'vitest';
import { countInstructions } from './aco-assembly.ts';

it('counts instructions in a loop as often as they run', () => {
  const assembly = `BB0:
	v_mov_b32_e32 v0, 0            ; 7e000280
	s_mov_b32 s0, 0                ; be800080
BB1:
	s_cmpk_ge_i32 s0, 0xf30        ; b2800f30
	s_cbranch_scc1 BB3             ; bf850293
BB2:
	s_buffer_load_dwordx4 s[4:7], s[0:3], s0
	v_fma_f32 v1, v2, v3, v1       ; d1cb0001
	v_fma_f32 v1, v2, v3, v1
	s_addk_i32 s0, 0x51            ; b7000051
	s_branch BB1                   ; bf82fd6b
BB3:
	image_load v[0:3], v[4:5], s[8:15] dmask:0xf
	exp mrt0 v0, v1, v2, v3 done vm
`;
  expect(countInstructions(assembly)).toEqual({ alu: 1 + 2 * 48, fetches: 1, scalarLoads: 48 });
});

it('multiplies nested loops, and counts one round where the number is not fixed', () => {
  const nested = `BB0:
	s_mov_b32 s1, 0
BB1:
	s_cmp_ge_i32 s1, 4
	s_cbranch_scc1 BB9
	s_mov_b32 s2, 2
BB2:
	s_cmp_ge_i32 s2, 5
	s_cbranch_scc1 BB3
	v_add_f32 v0, v0, v1
	s_add_u32 s2, s2, 1
	s_branch BB2
BB3:
	s_add_u32 s1, s1, 1
	s_branch BB1
BB9:
	s_cmp_lg_u32 s7, 0
	v_mul_f32 v0, v0, v1
	s_cbranch_scc1 BB9
`;
  expect(countInstructions(nested).alu).toBe(4 * 3 + 1);
});
