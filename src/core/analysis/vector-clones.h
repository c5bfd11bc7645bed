/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEM_VECTOR_CLONES before a static function: it is compiled twice, for processors with AVX2 and for all, and the right one
 * is chosen when the program is loaded.  Results may differ in the last bit where the compiler fuses a product and a sum. */
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SEM_VECTOR_CLONES __attribute__ ((target_clones ("arch=x86-64-v3", "default"), optimize ("O3")))
#else
#define SEM_VECTOR_CLONES
#endif
