/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codebooks of ggml's IQ1, IQ2 and IQ3 types: which points of a lattice their indices stand for.  How a row is
 * packed is said in ggml-codebooks.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const guint16 sem_ggml_iq2_xxs_codes[256];
extern const guint16 sem_ggml_iq2_xs_codes[512];
extern const guint16 sem_ggml_iq2_s_codes[1024];
extern const guint16 sem_ggml_iq3_xxs_codes[256];
extern const guint16 sem_ggml_iq3_s_codes[512];
extern const guint16 sem_ggml_iq1_codes[2048];

G_END_DECLS
